import { reasons } from '../check/reasons.ts'
import { createStreets, refreshReach } from '../apply/derived-areas.ts'
import { mergeByKey, noteOtherSources, refuseForeign, stagedStreets } from '../apply/merge-rows.ts'
import type { Applied, Merge } from './collection.ts'

/** Merges the staged facilities; those that neither a position nor an address places are refused. */
export const mergeFacilities: Merge = async (transaction, collection, plan, reporter) => {
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
