import { isCounted } from '../counts/incident-conditions.ts'
import { seesStreets } from '../counts/query-counts.ts'
import type { CollectionName, DataStatus } from '@minqing/data/domain/data-status'
import { corners } from '../store/geometry.ts'
import { streetRank } from '../areas/street-rank.ts'
import type { Database, Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'

/** What the database holds and how old it is; the street with the newest case first, the demo's last: it is what a page begins with. */
export async function getStatus(
  transaction: Transaction,
  scope: Scope,
): Promise<Pick<DataStatus, 'asOf' | 'versions' | 'streets' | 'incidentsWithoutStreet'>> {
  // The counts are stored by street: who sees less of one is counted for by rows.
  const counted = seesStreets(scope)
    ? transaction`select street_code, sum(total) as incidents, min(first_reported) as "from", max(last_reported) as "to"
          from incident_month group by street_code`
    : transaction`select street_code, count(*) as incidents, min(reported_at) as "from", max(reported_at) as "to"
          from incident where ${isCounted(transaction)} group by street_code`
  const streets = await transaction<DataStatus['streets']>`
    select a.code, a.name, a.source = 'demo' as demo, ${corners(transaction, 'extent')} as bbox,
      coalesce(i.incidents, 0) as incidents, i."from", i."to"
    from area a
    left join (${counted}) i on i.street_code = a.code
    where a.level = 'street'
    order by ${streetRank(transaction, transaction`i."to"`)}, i."to" desc nulls last, a.code`
  // Who sees a part of one street sees no row of the street itself.
  const incidentsWithoutStreet = seesStreets(scope) ? await findIncidentsWithoutStreet(transaction) : []
  // Version 1 is the empty table that a migration left.
  const [newest] = await transaction<[{ asOf: string | null; versions: Record<CollectionName, number> }]>`
    select max(changed_at) filter (where version > 1) as as_of, json_object_agg(collection, version) as versions
    from collection_version`
  return { ...newest, streets: [...streets], incidentsWithoutStreet }
}

/** Incidents that are counted to a street of which there is no area: they are on no map and in no list. */
export async function findIncidentsWithoutStreet(
  transaction: Transaction | Database,
): Promise<DataStatus['incidentsWithoutStreet']> {
  const found = await transaction<DataStatus['incidentsWithoutStreet']>`
    select street_code as code, sum(total) as incidents from incident_month m
    where not exists (select from area a where a.code = m.street_code)
    group by street_code having sum(total) > 0 order by street_code`
  return [...found]
}
