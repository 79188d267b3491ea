import { writeFile } from 'node:fs/promises'
import type { Label } from '@minqing/data/domain/label'
import type { TilingReport } from './tiling.ts'

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
