import { codeLength } from '@minqing/data/domain/area-code'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { allOf } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import { streetsOf } from './streets-of.ts'

/**
 * How many incidents there are in all, or in whole streets, from the counts that writers keep: as fast for ten million
 * as for none. Undefined for a filter that these counts do not answer.
 *
 * @param scope whose transaction it is: counts are kept by street, and who sees less is counted for by rows.
 */
export async function keptTotal(
  transaction: Transaction,
  { area, ...more }: IncidentFilter,
  scope: Scope,
): Promise<number | undefined> {
  const seesStreets = scope.area === 'all' || scope.area.length <= codeLength.street
  const isOfStreets = area === undefined || area.length <= codeLength.street
  if (!seesStreets || !isOfStreets || Object.values(more).some((value) => value !== undefined)) return undefined
  const [row] = await transaction<[{ total: number }]>`
    select coalesce(sum(total), 0)::bigint as total from incident_month
    where ${allOf(transaction, [streetsOf(transaction, area)])}`
  return row.total
}
