import type { DataStatus } from '@minqing/data/domain/summary'
import { corners } from '../store/bounding-box.ts'
import type { Transaction } from '../store/connect.ts'

/** What the database holds and how old it is; the street with the newest case first: it is what a page begins with. */
export async function getStatus(transaction: Transaction): Promise<Pick<DataStatus, 'asOf' | 'streets'>> {
  const streets = await transaction<DataStatus['streets']>`
    select a.code, a.name, a.source = 'demo' as demo, ${corners(transaction, 'extent')} as bbox,
      coalesce(i.incidents, 0) as incidents, i."from", i."to"
    from area a
    left join (
      select street_code, count(*) as incidents, min(reported_at) as "from", max(reported_at) as "to"
      from incident group by street_code
    ) i on i.street_code = a.code
    where a.level = 'street' order by i."to" desc nulls last, a.code`
  // Version 1 is the empty table that a migration left.
  const [newest] = await transaction<[{ asOf: string | null }]>`
    select max(changed_at) as as_of from collection_version where version > 1`
  return { asOf: newest.asOf, streets: [...streets] }
}
