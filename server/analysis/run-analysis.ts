import { createHash } from 'node:crypto'
import type { AnalysisRecord } from '@minqing/data/domain/analysis'
import type { AnalysisInput } from './analysis-input.ts'
import { methods } from './methods/registry.ts'
import type { MethodOutput } from './methods/method.ts'
import { type Units, unitsOf } from './units.ts'

/** To be raised when the same input gives another result: what is stored is then computed again. */
export const resultRevision = 4

/** What a record says before the work is done. */
export type Beginning = Pick<AnalysisRecord, 'id' | 'data' | 'version'>

export type AnalysisResult = { bytes: Uint8Array<ArrayBuffer>; sha256: string; record: AnalysisRecord }

/**
 * From what was read to the result: GeoJSON whose features are all units, or the outlines that the method made, with the record as the member `analysis`. The
 * same input gives the same bytes, on whatever thread.
 *
 * @returns the result, and the units and their figures that it was written from
 * @throws ProblemError `bad_parameter` where there are too many cells
 */
export function runAnalysis(
  input: AnalysisInput,
  beginning: Beginning,
  progress: (done: number) => void,
): { result: AnalysisResult; units: Units; properties: MethodOutput['properties'] } {
  const { question } = input
  const { units, chosen } = unitsOf(input)
  progress(0.1)
  const method = methods[question.method]
  const output = method({ question, units, progress: (done) => progress(0.1 + done * 0.85) })
  const record: AnalysisRecord = {
    ...beginning,
    question,
    chosen: [...chosen, ...output.chosen],
    incidents:
      output.outlines === undefined
        ? units.incidents.reduce((sum, count) => sum + count, 0)
        : (units.points?.x.length ?? 0),
    withoutUnit: units.withoutUnit,
    units: output.properties.length,
    ...(output.outlines === undefined ? {} : { outside: output.outlines.outside }),
    ...(output.testedShare === undefined ? {} : { testedShare: output.testedShare }),
    islands: output.islands,
    ...(output.backtest === undefined ? {} : { backtest: output.backtest }),
    ...(output.nearRepeat === undefined ? {} : { nearRepeat: output.nearRepeat }),
    ...(output.global === undefined ? {} : { global: output.global }),
  }
  const geometries = output.outlines?.geometries ?? units.geometries
  const features = output.properties.map(
    (properties, index) =>
      `{"type":"Feature","id":${JSON.stringify(properties.code)},"geometry":${geometries[index]},"properties":${JSON.stringify(properties)}}`,
  )
  const text = `{"type":"FeatureCollection","analysis":${JSON.stringify(record)},"features":[\n${features.join(',\n')}\n]}\n`
  const bytes = new TextEncoder().encode(text)
  progress(1)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { result: { bytes, sha256, record }, units, properties: output.properties }
}
