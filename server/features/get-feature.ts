import { ProblemError } from '@minqing/data/domain/problem'
import type { ServedCrs } from '../http/served-crs.ts'
import { allOf } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { featureText } from './feature-text.ts'
import type { FeatureSource } from './feature-source.ts'

/**
 * One feature as GeoJSON text in a system, without links.
 *
 * @throws ProblemError `not_found`, also for what the reader may not see.
 */
export async function getFeature(
  transaction: Transaction,
  source: FeatureSource,
  featureId: string,
  crs: ServedCrs,
): Promise<string> {
  const [row] = await transaction`
    select ${source.columns(transaction)} from ${transaction(source.table)}
    where ${allOf(transaction, [source.members?.(transaction), source.withId(transaction, featureId)])}
    order by ${transaction(source.key[0]!)} limit 1`
  if (row !== undefined) return featureText(row, crs)
  throw new ProblemError(
    'not_found',
    { zh: `集合“${source.id}”中没有要素“${featureId}”`, en: `Collection “${source.id}” has no feature “${featureId}”` },
    {
      parameter: 'featureId',
      remedy: {
        zh: `请从 /api/collections/${source.id}/items 取得编号`,
        en: `Take an id from /api/collections/${source.id}/items`,
      },
    },
  )
}
