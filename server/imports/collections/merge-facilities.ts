import { reasons } from '../check/reasons.ts'
import { createStreets, refreshReach } from '../apply/derived-areas.ts'
import {
  mergeByKey,
  namedCommunity,
  namedGrid,
  noteOtherSources,
  refuseForeign,
  sameKey,
  stagedStreets,
} from '../apply/merge-rows.ts'
import type { Applied, Merge } from './collection.ts'

/** Merges the staged facilities; new ones that neither a position nor an address places are refused. */
export const mergeFacilities: Merge = async (transaction, collection, plan, reporter) => {
  await reporter.place()
  // One that is known stays where it is.
  await transaction`
    update import_row r
    set position = t.position, position_source = t.position_source, position_certainty = t.position_certainty,
      source_crs = t.source_crs, source_x = t.source_x, source_y = t.source_y,
      community_code = ${namedCommunity(transaction)}, grid_code = ${namedGrid(transaction)}
    from facility t where ${sameKey(transaction, collection)} and r.position is null`
  const unplaced = await transaction<{ ordinal: number }[]>`
    delete from import_row where position is null returning ordinal`
  const refused = await refuseForeign(transaction, collection)
  for (const { ordinal } of unplaced) refused.set(ordinal, reasons.noPlace)
  await reporter.refuse(refused)
  const hasNewStreets = await createStreets(transaction, plan, reporter.note)
  const counts = await mergeByKey(transaction, collection, plan)
  if (counts.updated > 0) await noteOtherSources(transaction, collection, plan, reporter)
  const touched: Applied['touched'] = counts.inserted + counts.updated > 0 ? [collection.touches] : []
  if ((await refreshReach(transaction, await stagedStreets(transaction))) || hasNewStreets) touched.push('areas')
  return { ...counts, touched }
}
