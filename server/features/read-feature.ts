import type { Row } from 'postgres'
import { crs84, isLatitudeFirst, type ServedCrs } from './crs.ts'
import { ProblemError } from '@minqing/data/domain/problem'
import { allOf } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { FeatureSource } from './feature-source.ts'

/**
 * A row of a feature source as the text of a GeoJSON feature; the geometry is sent as it is stored, its axes in
 * the order of the system asked for (OGC 18-058r1, requirement /req/crs/geojson).
 */
export function featureText(row: Row, crs: ServedCrs = crs84): string {
  const shape = (row['geometry'] as string | null) ?? 'null'
  const ordered = isLatitudeFirst(crs) ? swapAxes(shape) : shape
  // Property by property: an object without these two, made for each of a million rows, would cost as much again.
  let properties = ''
  for (const name in row)
    if (name !== 'featureId' && name !== 'geometry' && row[name] !== undefined)
      properties += `${properties === '' ? '' : ','}"${name}":${JSON.stringify(row[name])}`
  return `{"type":"Feature","id":${JSON.stringify(row['featureId'])},"geometry":${ordered},"properties":{${properties}}}`
}

/** The first two numbers of a list are a position: every other list of a geometry begins with a list. */
const position = /\[\s*(-?[\d.]+(?:[eE][+-]?\d+)?)\s*,\s*(-?[\d.]+(?:[eE][+-]?\d+)?)/g

function swapAxes(geometry: string): string {
  return geometry.replaceAll(position, '[$2,$1')
}

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
