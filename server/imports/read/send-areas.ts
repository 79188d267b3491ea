import type { Transaction } from '../../store/connect.ts'
import { readAreas } from '../apply/read-areas.ts'
import type { FileReader } from './file-reader.ts'

/** Areas that are handed over at once. */
const atOnce = 200

/** Tells a reader the areas that it checks against, and to begin. */
export async function handOverAreas(
  transaction: Transaction,
  reader: FileReader,
  street: string | null,
): Promise<void> {
  const areas = await readAreas(transaction, street)
  for (let at = 0; at < areas.length; at += atOnce)
    // The reader takes them as fast as it can.
    await reader.order({ kind: 'areas', areas: areas.slice(at, at + atOnce) })
  await reader.order({ kind: 'begin' })
}
