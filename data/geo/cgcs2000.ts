/**
 * Definitions of the coordinate systems that Chinese survey files and common GIS exports come in, by EPSG number.
 * They follow the registry's regular numbering, so that no table of thousands of systems has to be carried along.
 */
const kruger = (centralMeridian: number, falseEasting: number) =>
  `+proj=tmerc +lat_0=0 +lon_0=${centralMeridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`

/** proj4 definition of `EPSG:n`, or null where we have none. */
export function definitionOf(epsg: number): string | null {
  if (epsg === 3857) return 'EPSG:3857'
  // CGCS2000 Gauss–Krüger: 6° zones 13–23 and 3° zones 25–45, with the zone number before the easting or without.
  if (epsg >= 4491 && epsg <= 4501) return kruger(75 + 6 * (epsg - 4491), (13 + epsg - 4491) * 1e6 + 500_000)
  if (epsg >= 4502 && epsg <= 4512) return kruger(75 + 6 * (epsg - 4502), 500_000)
  if (epsg >= 4513 && epsg <= 4533) return kruger(75 + 3 * (epsg - 4513), (25 + epsg - 4513) * 1e6 + 500_000)
  if (epsg >= 4534 && epsg <= 4554) return kruger(75 + 3 * (epsg - 4534), 500_000)
  if (epsg >= 32601 && epsg <= 32660) return `+proj=utm +zone=${epsg - 32600} +datum=WGS84 +units=m +no_defs`
  if (epsg >= 32701 && epsg <= 32760) return `+proj=utm +zone=${epsg - 32700} +south +datum=WGS84 +units=m +no_defs`
  return null
}

/**
 * The CGCS2000 Gauss–Krüger system with a central meridian (degrees) and false easting (metres), or null. Where a
 * meridian belongs to a 3° and a 6° zone, both are the same projection and the 3° one is named.
 */
export function krugerEpsg(centralMeridian: number, falseEasting: number): number | null {
  const step = (centralMeridian - 75) / 3
  if (!Number.isInteger(step) || step < 0 || step > 20) return null
  if (falseEasting === 500_000) return 4534 + step
  const zone = (falseEasting - 500_000) / 1e6
  if (zone === step + 25) return 4513 + step
  return zone === (centralMeridian + 3) / 6 && zone <= 23 ? 4491 + zone - 13 : null
}

/** Beijing 1954 and Xian 1980: their shift to CGCS2000 is not published, so a converted position would be a guess. */
export function isOldChineseSystem(epsg: number): boolean {
  return epsg === 4214 || epsg === 4610 || (epsg >= 2327 && epsg <= 2390) || (epsg >= 2401 && epsg <= 2442)
}
