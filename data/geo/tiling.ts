import { featureCollection, intersect, union } from '@turf/turf'
import Flatbush from 'flatbush'
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson'
import type { BoundingBox } from '../domain/position.ts'
import { polygonsArea } from './ellipsoid-area.ts'
import { polygonsOf, unionBbox } from './plane.ts'

export type TiledArea = { name: string; geometry: Polygon | MultiPolygon; extent: BoundingBox; areaM2: number }
type TilingFault = { kind: 'overlap' | 'gap'; names: string[]; areaM2: number; geometry: Polygon | MultiPolygon }
/** How areas that should tile the ground do not: shares of their area together, and each place, largest first. */
export type Tiling = { overlapShare: number; gapShare: number; faults: TilingFault[] }

/** Square metres below which an overlap or a gap is the rounding of two drawings of one line. */
const smallest = 5
/** Pairs that are cut with each other at most: beyond, something else is wrong with the file. */
const mostPairs = 200_000

/**
 * Where areas lie on each other, and what ground they enclose together without covering it. Areas that lie apart are
 * no gap: the file may be of two communities.
 */
export function checkTiling(areas: readonly TiledArea[]): Tiling {
  const total = areas.reduce((sum, { areaM2 }) => sum + areaM2, 0)
  const faults = [...overlaps(areas), ...gaps(areas)].toSorted((left, right) => right.areaM2 - left.areaM2)
  const share = (kind: TilingFault['kind']) =>
    total === 0 ? 0 : faults.reduce((sum, fault) => sum + (fault.kind === kind ? fault.areaM2 : 0), 0) / total
  return { overlapShare: share('overlap'), gapShare: share('gap'), faults }
}

function overlaps(areas: readonly TiledArea[]): TilingFault[] {
  if (areas.length < 2) return []
  const index = new Flatbush(areas.length)
  for (const { extent } of areas) index.add(...extent)
  index.finish()
  const found: TilingFault[] = []
  let pairs = 0
  areas.forEach((area, i) => {
    for (const j of index.search(...area.extent, (other) => other > i)) {
      const other = areas[j]
      if (other === undefined || ++pairs > mostPairs) continue
      const shared = intersect(featureCollection([asFeature(area), asFeature(other)]))
      if (shared === null) continue
      const areaM2 = polygonsArea(polygonsOf(shared.geometry))
      if (areaM2 >= smallest)
        found.push({ kind: 'overlap', names: [area.name, other.name], areaM2, geometry: shared.geometry })
    }
  })
  return found
}

/** Holes of all areas together that are no hole of one of them alone. */
function gaps(areas: readonly TiledArea[]): TilingFault[] {
  if (areas.length < 2) return []
  const together = union(featureCollection(areas.map(asFeature)))
  if (together === null) return []
  const own = new Set(
    areas.flatMap(({ geometry }) => polygonsOf(geometry).flatMap((rings) => rings.slice(1).map(keyOf))),
  )
  return polygonsOf(together.geometry).flatMap((rings) =>
    rings.slice(1).flatMap((hole): TilingFault[] => {
      const ring = hole.toReversed()
      const areaM2 = polygonsArea([[ring]])
      if (areaM2 < smallest || own.has(keyOf(hole))) return []
      return [{ kind: 'gap', names: [], areaM2, geometry: { type: 'Polygon', coordinates: [ring] } }]
    }),
  )
}

function keyOf(ring: readonly Position[]): string {
  return ring
    .slice(1)
    .map(([lon = 0, lat = 0]) => `${lon.toFixed(7)} ${lat.toFixed(7)}`)
    .toSorted()
    .join()
}

function asFeature({ geometry }: TiledArea): Feature<Polygon | MultiPolygon> {
  return { type: 'Feature', properties: {}, geometry }
}

/** Pixels of the longer side. */
const size = 1_000

/** A picture of areas with their overlaps in red and their gaps in orange: SVG, north up, at true proportions. */
export function drawTiling(areas: readonly TiledArea[], { faults }: Tiling): string {
  const [west, south, east, north] = unionBbox(areas.map(({ extent }) => extent))
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const scale = size / Math.max((east - west) * squeeze, north - south, 1e-9)
  const path = (geometry: Polygon | MultiPolygon) =>
    polygonsOf(geometry)
      .flat()
      .map(
        (ring) =>
          `M${ring.map(([lon = 0, lat = 0]) => `${((lon - west) * squeeze * scale).toFixed(1)} ${((north - lat) * scale).toFixed(1)}`).join('L')}Z`,
      )
      .join('')
  const shape = (geometry: Polygon | MultiPolygon, style: string, title: string) =>
    `<path d="${path(geometry)}" fill-rule="evenodd" ${style}><title>${escapeXml(title)}</title></path>`
  const [width, height] = [Math.ceil((east - west) * squeeze * scale), Math.ceil((north - south) * scale)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -10 ${width + 20} ${height + 20}" width="${width + 20}" height="${height + 20}">`,
    `<rect x="-10" y="-10" width="100%" height="100%" fill="#fff"/>`,
    ...areas.map(({ geometry, name }) => shape(geometry, 'fill="#eef2f6" stroke="#52606d" stroke-width="1"', name)),
    ...faults.map(({ kind, geometry, names, areaM2 }) =>
      kind === 'overlap'
        ? shape(geometry, 'fill="#c81e1e" fill-opacity="0.8"', `重叠 ${Math.round(areaM2)} m²：${names.join('、')}`)
        : shape(geometry, 'fill="#e8890c"', `空隙 ${Math.round(areaM2)} m²`),
    ),
    '</svg>\n',
  ].join('\n')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
