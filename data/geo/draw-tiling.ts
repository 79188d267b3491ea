import type { MultiPolygon, Polygon } from 'geojson'
import type { TiledArea, Tiling } from './check-tiling.ts'

/** Pixels of the longer side. */
const size = 1_000

/** A picture of areas with their overlaps in red and their gaps in orange: SVG, north up, at true proportions. */
export function drawTiling(areas: readonly TiledArea[], { faults }: Tiling): string {
  const west = Math.min(...areas.map(({ extent }) => extent[0]))
  const south = Math.min(...areas.map(({ extent }) => extent[1]))
  const east = Math.max(...areas.map(({ extent }) => extent[2]))
  const north = Math.max(...areas.map(({ extent }) => extent[3]))
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const scale = size / Math.max((east - west) * squeeze, north - south, 1e-9)
  const path = (geometry: Polygon | MultiPolygon) =>
    (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)
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
