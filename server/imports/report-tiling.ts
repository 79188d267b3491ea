import { writeFile } from 'node:fs/promises'
import type { Label } from '@minqing/data/domain/label'
import { checkTiling, type TiledArea, type Tiling } from '@minqing/data/geo/check-tiling'
import { drawTiling } from '@minqing/data/geo/draw-tiling'

/** How the grids of a file overlap or leave ground between them: what was found, as a picture and as places. */
export type TilingReport = {
  overlaps: number
  overlapShare: number
  gaps: number
  gapShare: number
  examples: string[]
  svg: string
  geojson: string
}

/** Grids that are compared: a district's file has some hundreds; five thousand take seconds. */
export const mostTiles = 5_000

/** Null where the grids fit. Nothing is refused for it: real grids are drawn by hand. */
export function tilingReport(areas: readonly TiledArea[]): TilingReport | null {
  const tiling = checkTiling(areas)
  if (tiling.faults.length === 0) return null
  const overlaps = tiling.faults.filter(({ kind }) => kind === 'overlap')
  return {
    overlaps: overlaps.length,
    overlapShare: tiling.overlapShare,
    gaps: tiling.faults.length - overlaps.length,
    gapShare: tiling.gapShare,
    examples: overlaps.slice(0, 3).map(({ names }) => names.join('–')),
    svg: drawTiling(areas, tiling),
    geojson: JSON.stringify(asGeojson(tiling)),
  }
}

/**
 * Writes the picture and the places, and says in words what they show.
 *
 * @param path what the two files' names begin with
 */
export async function writeTiling(report: TilingReport, path: string): Promise<Label> {
  await writeFile(`${path}.overlaps.svg`, report.svg)
  await writeFile(`${path}.overlaps.geojson`, report.geojson)
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`
  const { overlaps, gaps, examples } = report
  const [overlapShare, gapShare] = [percent(report.overlapShare), percent(report.gapShare)]
  const zhWorst = examples.length === 0 ? '' : `（${examples.join('、')}）`
  const enWorst = examples.length === 0 ? '' : ` (${examples.join(', ')})`
  return {
    zh: `网格之间有 ${overlaps} 处重叠，占总面积的 ${overlapShare}${zhWorst}；${gaps} 处空隙，占 ${gapShare}。示意图：${path}.overlaps.svg，位置：${path}.overlaps.geojson`,
    en: `${overlaps} overlaps between grids, ${overlapShare} of their area${enWorst}; ${gaps} gaps, ${gapShare}. Picture: ${path}.overlaps.svg, places: ${path}.overlaps.geojson`,
  }
}

function asGeojson({ faults }: Tiling) {
  const features = faults.map(({ geometry, ...properties }) => ({ type: 'Feature', properties, geometry }))
  return { type: 'FeatureCollection', features }
}
