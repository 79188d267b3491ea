import { FileProblem } from './file-problem.ts'
import type { Question } from './source-row.ts'

/**
 * The layer that was asked for by name, else the first; with the question which one is meant where there are several.
 *
 * @throws FileProblem when there is none of that name
 */
export function chooseLayer<Layer extends { name: string }>(
  layers: readonly [Layer, ...Layer[]],
  wanted: string | undefined,
  file: string,
): { layer: Layer; questions: Question[] } {
  const names = layers.map(({ name }) => name)
  if (wanted !== undefined) {
    const layer = layers.find(({ name }) => name === wanted)
    if (layer !== undefined) return { layer, questions: [] }
    throw new FileProblem(
      `“${file}”里没有图层“${wanted}”。有：${names.join('、')}`,
      `“${file}” has no layer “${wanted}”. It has: ${names.join(', ')}`,
    )
  }
  if (layers.length === 1) return { layer: layers[0], questions: [] }
  const label = {
    zh: `“${file}”里有 ${layers.length} 个图层，请用 --layer 指明一个：${names.join('、')}`,
    en: `“${file}” has ${layers.length} layers; say one with --layer: ${names.join(', ')}`,
  }
  return { layer: layers[0], questions: [{ about: 'layer', label }] }
}
