import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { writeWkt } from '@minqing/data/formats/geometry/wkt'
import { stringify } from 'csv-stringify/sync'
import type { MultiPolygon, Point, Polygon } from 'geojson'
import type { Row } from 'postgres'
import type { FeatureSource } from '../features/feature-source.ts'
import { featureText } from '../features/read-feature.ts'
import type { ItemsQuery } from '../features/items-query.ts'
import { itemsConditions } from '../features/read-items.ts'
import type { Transaction } from '../store/connect.ts'
import { readAhead } from '../store/read-ahead.ts'

export type CollectionFormat = 'geojson' | 'csv'

const rowsPerFetch = 1000

/**
 * Writes every feature of a collection that the query asks for into a file, in the order of their keys. The file is
 * there when it is complete, or not at all. What is written can be imported again. Returns the number of features.
 */
export async function writeCollection(
  transaction: Transaction,
  source: FeatureSource,
  query: Pick<ItemsQuery, 'bbox' | 'datetime'>,
  file: { path: string; format: CollectionFormat },
): Promise<number> {
  const rows = transaction`
    select ${source.columns(transaction)} from ${transaction(source.table)}
    where ${itemsConditions(transaction, source, { ...query, parameters: source.everyRow ?? {} })}
    order by ${transaction(source.key)}`.cursor(rowsPerFetch)
  const partial = `${file.path}.part`
  const stream = createWriteStream(partial)
  let features = 0
  try {
    await once(stream, 'open')
    if (file.format === 'geojson') stream.write('{"type":"FeatureCollection","features":[')
    for await (const batch of readAhead(rows)) {
      const text = file.format === 'geojson' ? jsonOf(batch, features === 0) : csvOf(batch, features === 0)
      features += batch.length
      if (!stream.write(text)) await once(stream, 'drain')
    }
    stream.end(file.format === 'geojson' ? '\n]}\n' : features === 0 ? '\ufeff' : '')
    await finished(stream)
    await rename(partial, file.path)
  } catch (error) {
    stream.destroy()
    await rm(partial, { force: true })
    throw error
  }
  return features
}

function jsonOf(rows: readonly Row[], first: boolean): string {
  return rows.map((row, index) => `${first && index === 0 ? '\n' : ',\n'}${featureText(row)}`).join('')
}

/** Columns under the names of the domain, points as lon and lat, boundaries as WKT: QGIS and an import read both. */
function csvOf(rows: readonly Row[], first: boolean): string {
  const records = rows.map(({ featureId: _id, geometry, ...properties }) => ({
    ...properties,
    ...placeOf(geometry as string | null),
  }))
  const cast = { object: (value: object) => JSON.stringify(value), boolean: String }
  const table = stringify(records, { header: first, escape_formulas: true, record_delimiter: 'windows', cast })
  return first ? `\ufeff${table}` : table
}

function placeOf(text: string | null): Record<string, number | string | null> {
  const geometry = text === null ? null : (JSON.parse(text) as Point | Polygon | MultiPolygon)
  if (geometry === null) return { lon: null, lat: null }
  if (geometry.type !== 'Point') return { geometry: writeWkt(geometry) }
  const [lon = null, lat = null] = geometry.coordinates
  return { lon, lat }
}
