import type { CollectionName } from '@minqing/data/domain/data-status'
import type { Transaction } from '../../store/connect.ts'

/** Tables that an import into a collection fills. */
const tables: Record<CollectionName, string[]> = {
  areas: ['area', 'staff'],
  buildings: ['building'],
  incidents: ['incident', 'incident_step', 'incident_month'],
  facilities: ['facility'],
  base: ['base_feature'],
  people: [],
}

/**
 * Lets the planner know at once what an import has written, where that is much (function `analyze_written` of
 * 058.do.statistics-after-import.sql). It takes a second for a million rows, of which a sample is read.
 *
 * @param changed rows that were inserted or updated
 */
export async function analyzeWritten(
  transaction: Transaction,
  touched: readonly CollectionName[],
  changed: number,
): Promise<void> {
  const names = touched.flatMap((name) => tables[name])
  if (changed > 0 && names.length > 0) await transaction`select analyze_written(${changed}, ${names}::text[])`
}
