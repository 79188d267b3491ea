import { createHash } from 'node:crypto'
import type { AnalysisRecord } from '@minqing/data/domain/analysis'
import type { AnalysisInput } from './analysis-input.ts'
import { methods } from './methods/registry.ts'
import { robustnessOfSpots } from './robustness.ts'
import { unitsOf } from './units.ts'

/** To be raised when the same input gives another result: what is stored is then computed again. */
export const resultRevision = 1

/** What a record says before the work is done. */
export type Beginning = Pick<AnalysisRecord, 'id' | 'data' | 'version'>

export type AnalysisResult = { bytes: Uint8Array<ArrayBuffer>; sha256: string; record: AnalysisRecord }

/**
 * From what was read to the result: GeoJSON whose features are all units, with the record as the member `analysis`. The
 * same input gives the same bytes, on whatever thread.
 *
 * @throws ProblemError `bad_parameter` where there are too many cells
 */
export function runAnalysis(
  input: AnalysisInput,
  beginning: Beginning,
  progress: (done: number) => void,
): AnalysisResult {
  const { question } = input
  const { units, chosen } = unitsOf(input)
  progress(0.1)
  const method = methods[question.method]
  const output = method({ question, units, progress: (done) => progress(0.1 + done * 0.3) })
  const robustness = robustnessOfSpots(input, units, output.properties, (done) => progress(0.4 + done * 0.55))
  const record: AnalysisRecord = {
    ...beginning,
    question,
    chosen: [...chosen, ...output.chosen],
    incidents: units.incidents.reduce((sum, count) => sum + count, 0),
    withoutUnit: units.withoutUnit,
    units: units.codes.length,
    islands: output.islands,
    robustness,
  }
  const features = units.geometries.map(
    (geometry, index) =>
      `{"type":"Feature","id":${JSON.stringify(units.codes[index])},"geometry":${geometry},"properties":${JSON.stringify(output.properties[index])}}`,
  )
  const text = `{"type":"FeatureCollection","analysis":${JSON.stringify(record)},"features":[\n${features.join(',\n')}\n]}\n`
  const bytes = new TextEncoder().encode(text)
  progress(1)
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), record }
}
