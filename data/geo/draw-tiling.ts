import type { MultiPolygon, Polygon, Position } from 'geojson'
import type { PackedAreas } from './packed-areas.ts'
import { bboxOfGeometry, polygonsOf, unitsPerDegree } from './plane.ts'
import type { Tiling } from './tiling.ts'

/** Pixels of the longer side. */
const size = 1_000

/**
 * A picture of areas with their overlaps in red and their gaps in orange: SVG, north up, at true proportions. Of many
 * areas, those beside an overlap or a gap are drawn. Corners that fall on the same half pixel as the one before are left
 * out.
 */
export function drawTiling(areas: PackedAreas, { faults }: Tiling): string {
  const { boxes } = areas
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < boxes.length; at += 4) {
    west = Math.min(west, boxes[at]! / unitsPerDegree)
    south = Math.min(south, boxes[at + 1]! / unitsPerDegree)
    east = Math.max(east, boxes[at + 2]! / unitsPerDegree)
    north = Math.max(north, boxes[at + 3]! / unitsPerDegree)
  }
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const scale = size / Math.max((east - west) * squeeze, north - south, 1e-9)
  const ringPath = (corners: Iterable<Position>) => {
    const points: string[] = []
    for (const [lon = 0, lat = 0] of corners) {
      const point = `${half((lon - west) * squeeze * scale)} ${half((north - lat) * scale)}`
      if (point !== points.at(-1)) points.push(point)
    }
    return `M${points.join('L')}Z`
  }
  const shape = (path: string, style: string, title: string) =>
    `<path d="${path}" fill-rule="evenodd" ${style}><title>${escapeXml(title)}</title></path>`
  const geometryPath = (geometry: Polygon | MultiPolygon) => polygonsOf(geometry).flat().map(ringPath).join('')
  const areaPath = (area: number) => [...areas.ringsOf(area)].map(ringPath).join('')
  const [width, height] = [Math.ceil((east - west) * squeeze * scale), Math.ceil((north - south) * scale)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -10 ${width + 20} ${height + 20}" width="${width + 20}" height="${height + 20}">`,
    `<rect x="-10" y="-10" width="100%" height="100%" fill="#fff"/>`,
    ...drawnAreas(areas, faults).map((area) =>
      shape(areaPath(area), 'fill="#eef2f6" stroke="#52606d" stroke-width="1"', areas.names[area] ?? ''),
    ),
    ...faults.map(({ kind, geometry, names, areaM2 }) =>
      kind === 'overlap'
        ? shape(
            geometryPath(geometry),
            'fill="#c81e1e" fill-opacity="0.8"',
            `重叠 ${Math.round(areaM2)} m²：${names.join('、')}`,
          )
        : shape(geometryPath(geometry), 'fill="#e8890c"', `空隙 ${Math.round(areaM2)} m²`),
    ),
    '</svg>\n',
  ].join('\n')
}

/** Areas that a picture shows: of more of them, each would be a few pixels. */
const mostAreas = 2_000

function drawnAreas(areas: PackedAreas, faults: Tiling['faults']): number[] {
  if (areas.areas <= mostAreas) return Array.from({ length: areas.areas }, (_, area) => area)
  const index = areas.boxIndex()
  const beside = new Set<number>()
  for (const { geometry } of faults) {
    const [west, south, east, north] = bboxOfGeometry(geometry).map((degrees) => degrees * unitsPerDegree)
    if (west === undefined || south === undefined || east === undefined || north === undefined) continue
    for (const area of index.search(west - 1, south - 1, east + 1, north + 1))
      if (beside.size < mostAreas) beside.add(area)
  }
  return [...beside]
}

function half(pixels: number): number {
  return Math.round(2 * pixels) / 2
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
