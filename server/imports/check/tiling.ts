import { writeFile } from 'node:fs/promises'
import type { Label } from '@minqing/data/domain/label'
import { drawTiling } from '@minqing/data/geo/draw-tiling'
import type { PackedAreas } from '@minqing/data/geo/packed-areas'
import { checkTiling, type Tiling } from '@minqing/data/geo/tiling'

/** How the grids of a file overlap or leave ground between them: in words, as a picture and as places. */
export type TilingReport = { label: Label; svg: string; geojson: string }

/** Overlaps and gaps that are drawn and listed by their place, the largest first. */
const mostDrawn = 1_000

/**
 * Null where the grids fit. Nothing is refused for it: real grids are drawn by hand.
 *
 * @param onProgress called at regular intervals while there is work
 */
export function tilingReport(areas: PackedAreas, onProgress?: () => void): TilingReport | null {
  const tiling = checkTiling(areas, onProgress)
  if (tiling.faults.length === 0 && tiling.isComplete) return null
  const drawn = { ...tiling, faults: tiling.faults.slice(0, mostDrawn) }
  return { label: labelOf(tiling), svg: drawTiling(areas, drawn), geojson: JSON.stringify(asGeojson(drawn)) }
}

function labelOf({ faults, overlapShare, gapShare, isComplete }: Tiling): Label {
  const overlaps = faults.filter(({ kind }) => kind === 'overlap')
  const gaps = faults.length - overlaps.length
  const worst = overlaps.slice(0, 3).map(({ names }) => names.join('–'))
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`
  const zhWorst = worst.length === 0 ? '' : `（${worst.join('、')}）`
  const enWorst = worst.length === 0 ? '' : ` (${worst.join(', ')})`
  if (!isComplete) {
    const [zhFound, enFound] =
      overlaps.length === 0
        ? ['', '']
        : [
            `：至少 ${overlaps.length} 处，占总面积的 ${percent(overlapShare)} 以上${zhWorst}，没有全部列出`,
            `: at least ${overlaps.length} overlaps, more than ${percent(overlapShare)} of their area${enWorst}, not all of which are listed`,
          ]
    return {
      zh: `大量网格相互重叠${zhFound}。请检查文件是否把同一批网格存了多份，或含有不同层级的区域`,
      en: `Very many grids lie on each other${enFound}. Check whether the file holds the same grids several times, or areas of several levels`,
    }
  }
  return {
    zh: `网格之间有 ${overlaps.length} 处重叠，占总面积的 ${percent(overlapShare)}${zhWorst}；${gaps} 处空隙，占 ${percent(gapShare)}`,
    en: `${overlaps.length} overlaps between grids, ${percent(overlapShare)} of their area${enWorst}; ${gaps} gaps, ${percent(gapShare)}`,
  }
}

function asGeojson({ faults }: Pick<Tiling, 'faults'>) {
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
