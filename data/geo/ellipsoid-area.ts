import type { Position } from 'geojson'

// CGCS2000 (GB 22021-2008).
const semiMajor = 6_378_137
const flattening = 1 / 298.257222101
const eccentricity2 = flattening * (2 - flattening)
const eccentricity = Math.sqrt(eccentricity2)

/** Ground metres of a degree of latitude, good to half a percent: for “within twelve metres”, not for areas. */
export const metresPerDegree = 111_320

/**
 * Signed area of a closed ring in square metres, counter-clockwise positive.
 *
 * The ring is mapped by the equal-area cylindrical projection of the ellipsoid (Snyder 1987, eq. 3-12), where the
 * shoelace formula is exact but for the bend of edges between vertices: nothing at the size of a street.
 */
export function ringArea(ring: readonly Position[]): number {
  const [lon0 = 0, lat0 = 0] = ring[0] ?? []
  const origin = authalic(lat0)
  let sum = 0
  let previousX = 0
  let previousY = 0
  for (let i = 1; i < ring.length; i++) {
    const [lon = 0, lat = 0] = ring[i] ?? []
    const x = (lon - lon0) * (Math.PI / 180)
    const y = authalic(lat) - origin
    sum += previousX * y - x * previousY
    previousX = x
    previousY = y
  }
  return ((sum / 2) * (semiMajor * semiMajor)) / 2
}

/** Area of polygons (first ring outside, others holes) in square metres. */
export function polygonsArea(polygons: readonly (readonly Position[][])[]): number {
  let total = 0
  for (const rings of polygons)
    rings.forEach((ring, i) => {
      total += i === 0 ? Math.abs(ringArea(ring)) : -Math.abs(ringArea(ring))
    })
  return total
}

/** Snyder's q: proportional to the area between the equator and a latitude. */
function authalic(lat: number): number {
  const sine = Math.sin(lat * (Math.PI / 180))
  const es = eccentricity * sine
  return (1 - eccentricity2) * (sine / (1 - es * es) - Math.log((1 - es) / (1 + es)) / (2 * eccentricity))
}
