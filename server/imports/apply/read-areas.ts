import type { Transaction } from '../../store/connect.ts'
import type { KnownArea } from '../check/area-index.ts'

/** @param street only this street's areas, or null for all of them */
export async function readAreas(transaction: Transaction, street: string | null): Promise<KnownArea[]> {
  return transaction<KnownArea[]>`
    select code, level, name, source, source_id, center[0] as lon, center[1] as lat, geometry from area
    where ${street}::text is null or street_code = ${street}
    order by source = 'demo', code`
}
