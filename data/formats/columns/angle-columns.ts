import { withoutDatum } from './column-datum.ts'

/** Of which angle a column holds which part: 0 degrees, 1 minutes, 2 seconds. */
export type AnglePart = { field: 'lon' | 'lat'; part: 0 | 1 | 2 }

const angle =
  /(?:(?<lon>经度|东经|longitude|long?|lng)|纬度|北纬|latitude|lat)(?:坐标)?(?:(?<degrees>度|°|_?deg(?:rees?)?|_d)|(?<minutes>分|′|'|_?min(?:utes?)?|_m)|(?:秒|″|′′|"|_?sec(?:onds?)?|_s))$/

/** Reads `经度(分)`, `经度/秒` below a name of two levels, `东经度`, `lat_min`; null for any other column. */
export function anglePart(column: string): AnglePart | null {
  const match = angle.exec(withoutDatum(column).replaceAll(/[\s()[\]【】/]/g, ''))
  if (match === null) return null
  const { lon, degrees, minutes } = match.groups ?? {}
  return { field: lon === undefined ? 'lat' : 'lon', part: degrees === undefined ? (minutes === undefined ? 2 : 1) : 0 }
}
