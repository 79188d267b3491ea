import { convex, featureCollection, multiPoint, multiPolygon, union } from '@turf/turf'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import type { Label } from '../domain/label.ts'
import { round7, type BoundingBox } from '../domain/position.ts'
import { isInChina, type Coordinates, type ToLonLat } from './crs.ts'
import { ringArea, polygonsArea } from './ellipsoid-area.ts'
import { innerPoint } from './inner-point.ts'
import { bboxOf, polygonsOf } from './plane.ts'
import { withoutSpikes, isFlat } from './ring-repairs.ts'
import { validPolygons } from './valid-polygons.ts'

export type Boundary = {
  /** Seven decimals, outer rings counter-clockwise (RFC 7946), closed, without repeated points. */
  geometry: Polygon | MultiPolygon
  areaM2: number
  extent: BoundingBox
  /** A point inside, near the middle. */
  center: Coordinates
  /** What had to be put right: worth a line in the report, not a rejection. */
  mended: Mending[]
}
export type Mending = 'closed' | 'winding' | 'spike' | 'sliver' | 'touching' | 'self_crossing'
export type BoundaryFault = { fault: Label }

/** The share of its area that a mended polygon may gain or lose. */
export const mendableShare = 0.01

/**
 * Reads a polygon from outside: converts, checks and mends it. Unclosed rings, wrong winding, spikes, parts and holes
 * without an area, and crossings are put right as long as the area changes by no more than `mendableShare`; anything
 * that would need a guess is a fault, with the place.
 */
export function readBoundary(input: unknown, convert: ToLonLat): Boundary | BoundaryFault {
  const mended = new Set<Mending>()
  const polygons: Position[][][] = []
  let flat: Position | undefined
  for (const part of partsOf(input)) {
    const rings: Position[][] = []
    if (!Array.isArray(part) || part.length === 0) return fault('多边形没有环', 'a polygon without rings')
    for (const rawRing of part as unknown[]) {
      const ring = readRing(rawRing, convert, mended)
      if ('fault' in ring) return ring
      const outside = rings.length === 0
      const tidy = withoutSpikes(ring.ring)
      if (tidy.length < 4 || isFlat(tidy)) {
        flat ??= ring.ring[0]
        mended.add('sliver')
        if (outside) break
        continue
      }
      if (tidy.length < ring.ring.length) mended.add('spike')
      if (ringArea(tidy) > 0 !== outside) {
        tidy.reverse()
        mended.add('winding')
      }
      rings.push(tidy)
    }
    if (rings.length > 0) polygons.push(rings)
  }
  if (polygons.length === 0 && flat !== undefined)
    return fault('多边形的面积为零', 'a ring that encloses no area', flat)
  if (polygons.length === 0)
    return fault('这里需要面（Polygon 或 MultiPolygon）', 'a Polygon or MultiPolygon is needed here')
  return finish(polygons, mended)
}

/** The two together as one: pieces of a building cut at tile edges, or the grids that make up a street. */
export function unite(geometries: readonly (Polygon | MultiPolygon)[]): Boundary {
  const [first, ...others] = geometries
  if (first === undefined) throw new RangeError('nothing to unite')
  const features = geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry }) as const)
  const united = others.length === 0 ? first : (union(featureCollection(features))?.geometry ?? first)
  const boundary = readBoundary(united, (x, y) => [x, y])
  if ('fault' in boundary) throw new RangeError(boundary.fault.en)
  return boundary
}

/** The convex hull of at least three points not on a line. */
export function convexHull(points: Position[]): Boundary {
  const boundary = readBoundary(convex(multiPoint(points))?.geometry, (x, y) => [x, y])
  if ('fault' in boundary) throw new RangeError(boundary.fault.en)
  return boundary
}

/** Repairs of what a repair has left, at most: rounding to seven decimals can make rings cross again. */
const mostRepairs = 3

function finish(given: Position[][][], mended: Set<Mending>): Boundary | BoundaryFault {
  let polygons = given
  for (let repairs = 0; ; repairs++) {
    const checked = validPolygons(polygons)
    if ('polygons' in checked) {
      if (checked.polygons.length === 0)
        return fault('多边形的面积为零', 'a ring that encloses no area', given[0]?.[0]?.[0])
      if (checked.changed) mended.add('touching')
      return boundaryOf(checked.polygons, mended)
    }
    const { fault: reason, at } = checked
    const isRepairable = (reason === 'crossing' || reason === 'overlap') && repairs < mostRepairs
    const repaired = isRepairable ? uncross(polygons, given) : null
    if (repaired === null) return faults[reason](at)
    mended.add('self_crossing')
    polygons = repaired
  }
}

function boundaryOf(polygons: Position[][][], mended: Set<Mending>): Boundary {
  const [only] = polygons
  const geometry: Polygon | MultiPolygon =
    polygons.length === 1 && only !== undefined
      ? { type: 'Polygon', coordinates: only }
      : { type: 'MultiPolygon', coordinates: polygons }
  return {
    geometry,
    areaM2: Math.round(polygonsArea(polygons) * 10) / 10,
    extent: bboxOf(polygons.flat(2)),
    center: innerPoint(polygons),
    mended: [...mended],
  }
}

function partsOf(input: unknown): unknown[] {
  if (typeof input !== 'object' || input === null || !('type' in input) || !('coordinates' in input)) return []
  const { type, coordinates } = input
  if (type === 'Polygon') return [coordinates]
  return type === 'MultiPolygon' && Array.isArray(coordinates) ? coordinates : []
}

function readRing(input: unknown, convert: ToLonLat, mended: Set<Mending>): { ring: Position[] } | BoundaryFault {
  if (!Array.isArray(input)) return fault('环不是坐标数组', 'a ring is not an array of positions')
  const ring: Position[] = []
  for (const position of input as unknown[]) {
    if (!Array.isArray(position)) return fault('坐标不是数组', 'a position is not an array')
    const [x, y] = position as unknown[]
    if (typeof x !== 'number' || typeof y !== 'number')
      return fault('坐标不是两个数字', 'a position is not two numbers')
    const [lon, lat] = convert(x, y)
    if (!(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90))
      return isInChina(...convert(y, x))
        ? fault(
            '坐标的先后看来颠倒了：对调后才落在中国境内。请按经度（东坐标）在前、纬度（北坐标）在后重新导出',
            'the coordinates look swapped: only the other way round do they lie in China. Export them with the longitude (easting) first',
            [x, y],
          )
        : fault('坐标超出经纬度范围', 'a position outside the range of longitude and latitude', [x, y])
    const point = [round7(lon), round7(lat)]
    const last = ring.at(-1)
    if (last === undefined || last[0] !== point[0] || last[1] !== point[1]) ring.push(point)
  }
  const [first] = ring
  const last = ring.at(-1)
  if (first !== undefined && last !== undefined && (first[0] !== last[0] || first[1] !== last[1])) {
    ring.push([...first])
    mended.add('closed')
  }
  if (ring.length < 4) return fault('环少于四个点', 'a ring of fewer than four positions', first)
  return { ring }
}

/** Square metres below which a part that only a crossing made is dropped. */
const sliverM2 = 1

/**
 * A polygon clipper's answer to crossings and overlaps, if it leaves the area as it was.
 *
 * @param given what had the area that counts
 */
function uncross(polygons: Position[][][], given: Position[][][]): Position[][][] | null {
  const clean = clipped(polygons)
  if (clean === null) return null
  let repaired = polygonsOf(clean)
  const before = polygonsArea(given)
  // What a crossing leaves behind: triangles of a few square metres at the slip of a pen.
  const slivers = repaired.filter(([outer = []]) => Math.abs(ringArea(outer)) < sliverM2 && repaired.length > 1)
  if (slivers.length > 0 && slivers.length < repaired.length)
    repaired = repaired.filter((part) => !slivers.includes(part))
  if (Math.abs(polygonsArea(repaired) - before) > mendableShare * before) return null
  return repaired.flatMap((rings) => {
    const rounded = rings
      .map((ring) => withoutSpikes(ring.map(([lon = 0, lat = 0]) => [round7(lon), round7(lat)])))
      .map((ring, index) => (ringArea(ring) > 0 === (index === 0) ? ring : ring.toReversed()))
    const [outer = [], ...holes] = rounded
    const isRing = (ring: Position[]) => ring.length >= 4 && !isFlat(ring)
    return isRing(outer) ? [[outer, ...holes.filter(isRing)]] : []
  })
}

/** Null also where the clipper loses its way, as it does among edges that nearly coincide. */
function clipped(polygons: Position[][][]): Polygon | MultiPolygon | null {
  const shape = multiPolygon(polygons)
  try {
    return union(featureCollection([shape, shape]))?.geometry ?? null
  } catch {
    return null
  }
}

const faults: Record<'crossing' | 'overlap' | 'hole_outside' | 'too_intricate', (at?: Position) => BoundaryFault> = {
  crossing: (at) => fault('多边形的边自相交', 'the boundary crosses itself', at),
  overlap: (at) => fault('多边形的几个部分互相重叠', 'parts of the polygon overlap', at),
  hole_outside: (at) => fault('内环不在外环之内', 'a hole lies outside its polygon', at),
  too_intricate: (at) =>
    fault(
      '多边形过于复杂，或处处自相交，无法检查。请在 GIS 软件中简化或修复后再导入',
      'the polygon is too intricate to be checked, or crosses itself everywhere. Simplify or repair it in a GIS and import it again',
      at,
    ),
}

function fault(zh: string, en: string, at?: Position): BoundaryFault {
  const [lon, lat] = at ?? []
  const place = lon === undefined || lat === undefined ? '' : ` (${lon}, ${lat})`
  return { fault: { zh: zh + place, en: en + place } }
}
