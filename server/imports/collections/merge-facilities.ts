import { reasons } from '../check/reasons.ts'
import { mergeByKey, noteOtherSources, refuseForeign } from '../apply/merge-rows.ts'
import type { Merge } from './collection.ts'

/** Merges the staged facilities; those that neither a position nor an address places are refused. */
export const mergeFacilities: Merge = async (transaction, collection, plan, reporter) => {
  const unplaced = await transaction<{ ordinal: number }[]>`
    delete from import_row where position is null returning ordinal`
  const refused = await refuseForeign(transaction, collection)
  for (const { ordinal } of unplaced) refused.set(ordinal, reasons.noPlace)
  await reporter.refuse(refused)
  const counts = await mergeByKey(transaction, collection, plan)
  if (counts.updated > 0) await noteOtherSources(transaction, collection, plan, reporter)
  return { ...counts, touched: counts.inserted + counts.updated > 0 ? [collection.touches] : [] }
}
