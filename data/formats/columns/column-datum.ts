import { datums, type Datum } from '../../domain/datum.ts'
import type { FieldName } from '../field-names.ts'

/** Words by which columns of coordinates say their datum: `经度(GCJ02)`, `百度经度`, `lng_bd09`, `lat_wgs84`. */
const words: readonly [RegExp, Datum][] = [
  [/wgs[-_ ]?(?:19)?84|(?<!\d)84(?!\d)/, 'wgs84'],
  [/cgcs[-_ ]?2000|(?:国家|大地)2000/, 'cgcs2000'],
  [/gcj[-_ ]?02|gcj|火星|高德|腾讯|amap|tencent/, 'gcj02'],
  [/bd[-_ ]?09(?:ll)?|百度|baidu|(?<![a-z])bd(?![a-z])/, 'bd09'],
]

/** The datum that a column's name states; null where it states none. Metres of Baidu's own (BD09MC) are no datum. */
export function datumOf(column: string): Datum | null {
  const plain = plainName(column)
  return words.find(([word]) => word.test(plain))?.[1] ?? null
}

/** The name without what it says of the datum. */
export function withoutDatum(column: string): string {
  return words
    .reduce((name, [word]) => name.replace(word, ''), plainName(column))
    .replaceAll(/坐标系|\[\]|【】|\(\)/g, '')
}

function plainName(column: string): string {
  return column.normalize('NFKC').toLowerCase()
}

/** The fields whose columns may say a datum. */
export function isPlaced(field: FieldName): boolean {
  return field === 'lon' || field === 'lat' || field === 'lonLat' || field === 'geometry'
}

/**
 * Which datum's columns to read where a file has coordinates in several: longitude and latitude must be of the same.
 *
 * @param stated the datums that the columns of a field state, null for one that states none
 * @param wanted the datum that a person said
 * @returns undefined where no datum has both, so that the columns are one another's only complement
 */
export function chooseDatum(
  stated: Readonly<Record<'lon' | 'lat' | 'lonLat', ReadonlySet<Datum | null>>>,
  wanted: Datum | null,
): Datum | null | undefined {
  // What a name states is certain; who says another datum means the columns that state none.
  const order = wanted === null ? [...datums, null] : [wanted, null, ...datums]
  return order.find((datum) => (stated.lon.has(datum) && stated.lat.has(datum)) || stated.lonLat.has(datum))
}
