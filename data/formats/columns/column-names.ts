import { datums, type Datum } from '../../domain/datum.ts'
import type { FieldName } from '../../domain/field-name.ts'

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
 * @param named the datums that the columns of a field name, null for one that names none
 * @param wanted the datum that a person said
 * @returns undefined where no datum has both, so that the columns are one another's only complement
 */
export function chooseDatum(
  named: Readonly<Record<'lon' | 'lat' | 'lonLat', ReadonlySet<Datum | null>>>,
  wanted: Datum | null,
): Datum | null | undefined {
  // What a name states is certain; who says another datum means the columns that state none.
  const order = wanted === null ? [...datums, null] : [wanted, null, ...datums]
  return order.find((datum) => (named.lon.has(datum) && named.lat.has(datum)) || named.lonLat.has(datum))
}

/** Of which angle a column holds which part: 0 degrees, 1 minutes, 2 seconds. */
type AnglePart = { field: 'lon' | 'lat'; part: 0 | 1 | 2 }

const angle =
  /(?:(?<lon>经度|东经|longitude|long?|lng)|纬度|北纬|latitude|lat)(?:坐标)?(?:(?<degrees>度|°|_?deg(?:rees?)?|_d)|(?<minutes>分|′|'|_?min(?:utes?)?|_m)|(?:秒|″|′′|"|_?sec(?:onds?)?|_s))$/

/** Reads `经度(分)`, `经度/秒` below a name of two levels, `东经度`, `lat_min`; null for any other column. */
export function anglePart(column: string): AnglePart | null {
  const match = angle.exec(withoutDatum(column).replaceAll(/[\s()[\]【】/]/g, ''))
  if (match === null) return null
  const { lon, degrees, minutes } = match.groups ?? {}
  return { field: lon === undefined ? 'lat' : 'lon', part: degrees === undefined ? (minutes === undefined ? 2 : 1) : 0 }
}

/**
 * Whether a name may have been cut by a dBase table, which keeps ten bytes: five Chinese characters in GBK, three in
 * UTF-8, ten Latin letters.
 */
export function mayBeCut(name: string): boolean {
  const utf8 = Buffer.byteLength(name)
  let gbk = 0
  for (const character of name) gbk += character < '\u0080' ? 1 : 2
  return (utf8 >= 8 && utf8 <= 10 && name.length >= 3) || gbk === 9 || gbk === 10
}

/** Whether another column's name was cut to the same, so that a number keeps them apart: neither can be identified then. */
export function hasTwin(name: string, columns: readonly string[]): boolean {
  return columns.some((other) => {
    const stem = other.replace(/_\d{1,2}$/, '')
    return stem !== other && stem.length >= 2 && name !== other && name.startsWith(stem) && mayBeCut(other)
  })
}
