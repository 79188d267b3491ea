import { writeFile } from 'node:fs/promises'
import type { Label } from '@minqing/data/domain/label'
import { checkTiling, type TiledArea, type Tiling, drawTiling } from '@minqing/data/geo/tiling'

/** How the grids of a file overlap or leave ground between them: in words, as a picture and as places. */
export type TilingReport = { label: Label; svg: string; geojson: string }

/** Grids that are compared: a district's file has some hundreds; five thousand take seconds. */
export const mostTiles = 5_000

/** Null where the grids fit. Nothing is refused for it: real grids are drawn by hand. */
export function tilingReport(areas: readonly TiledArea[]): TilingReport | null {
  const tiling = checkTiling(areas)
  if (tiling.faults.length === 0) return null
  return { label: labelOf(tiling), svg: drawTiling(areas, tiling), geojson: JSON.stringify(asGeojson(tiling)) }
}

function labelOf({ faults, overlapShare, gapShare }: Tiling): Label {
  const overlaps = faults.filter(({ kind }) => kind === 'overlap')
  const gaps = faults.length - overlaps.length
  const worst = overlaps.slice(0, 3).map(({ names }) => names.join('–'))
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`
  const zhWorst = worst.length === 0 ? '' : `（${worst.join('、')}）`
  const enWorst = worst.length === 0 ? '' : ` (${worst.join(', ')})`
  return {
    zh: `网格之间有 ${overlaps.length} 处重叠，占总面积的 ${percent(overlapShare)}${zhWorst}；${gaps} 处空隙，占 ${percent(gapShare)}`,
    en: `${overlaps.length} overlaps between grids, ${percent(overlapShare)} of their area${enWorst}; ${gaps} gaps, ${percent(gapShare)}`,
  }
}

function asGeojson({ faults }: Tiling) {
  const features = faults.map(({ geometry, ...properties }) => ({ type: 'Feature', properties, geometry }))
  return { type: 'FeatureCollection', features }
}

/**
 * Writes the picture and the places, and says in words where they are.
 *
 * @param path what the two files' names begin with
 */
export async function writeTiling({ label, svg, geojson }: TilingReport, path: string): Promise<Label> {
  await writeFile(`${path}.overlaps.svg`, svg)
  await writeFile(`${path}.overlaps.geojson`, geojson)
  return {
    zh: `${label.zh}。示意图：${path}.overlaps.svg，位置：${path}.overlaps.geojson`,
    en: `${label.en}. Picture: ${path}.overlaps.svg, places: ${path}.overlaps.geojson`,
  }
}
