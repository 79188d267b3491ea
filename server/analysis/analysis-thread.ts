import type { MessagePort } from 'node:worker_threads'
import { type AnalysisRobustness, hasCells } from '@minqing/data/domain/analysis'
import { ProblemError } from '@minqing/data/domain/problem'
import type { AnalysisInput } from './analysis-input.ts'
import { robustnessOfSpots } from './robustness.ts'
import { type Beginning, runAnalysis } from './run-analysis.ts'

export type AnalysisTask = {
  input: AnalysisInput
  beginning: Beginning
  /** Shared with the thread that waits: thousandths that are done. */
  progress: Int32Array<SharedArrayBuffer>
  /** Whether the result is all that is wanted, without its robustness. */
  alone?: boolean
  /** Gets the result (`AnalysisResult`) as soon as it is there. */
  port: MessagePort
}

/** A problem crosses threads as plain values: the class does not. */
export type AnalysisOutcome =
  | { kind: 'done'; robustness: AnalysisRobustness[] | null }
  | ({ kind: 'refused' } & Pick<ProblemError, 'code' | 'detail' | 'parameter' | 'remedy'>)

/** Called by name (`thread-pool.ts`). Robustness comes after the result: it runs the method several times more. */
export function computeAnalysis({ input, beginning, progress, alone = false, port }: AnalysisTask): AnalysisOutcome {
  const shareOfResult = hasCells(input.question.unit) ? 0.3 : 1
  const report = (done: number) => Atomics.store(progress, 0, Math.round(done * 1000))
  try {
    const { result, units, properties } = runAnalysis(input, beginning, (done) => report(done * shareOfResult))
    port.postMessage(result, [result.bytes.buffer])
    if (alone) return { kind: 'done', robustness: null }
    const robustness = robustnessOfSpots(input, units, properties, (done) =>
      report(shareOfResult + done * (1 - shareOfResult)),
    )
    return { kind: 'done', robustness }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { code, detail, parameter, remedy } = error
    return { kind: 'refused', code, detail, parameter, remedy }
  }
}
