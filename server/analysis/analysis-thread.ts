import { ProblemError } from '@minqing/data/domain/problem'
import type { AnalysisInput } from './analysis-input.ts'
import { type AnalysisResult, type Beginning, runAnalysis } from './run-analysis.ts'

/** The work of a thread. `progress` is shared with the thread that waits: thousandths that are done. */
export type AnalysisTask = { input: AnalysisInput; beginning: Beginning; progress: Int32Array<SharedArrayBuffer> }

/** A problem crosses threads as plain values: the class does not. */
export type AnalysisOutcome =
  | ({ kind: 'done' } & AnalysisResult)
  | ({ kind: 'refused' } & Pick<ProblemError, 'code' | 'detail' | 'parameter' | 'remedy'>)

/** Called by name (`thread-pool.ts`). */
export function computeAnalysis({ input, beginning, progress }: AnalysisTask): AnalysisOutcome {
  try {
    const result = runAnalysis(input, beginning, (done) => Atomics.store(progress, 0, Math.round(done * 1000)))
    return { kind: 'done', ...result }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { code, detail, parameter, remedy } = error
    return { kind: 'refused', code, detail, parameter, remedy }
  }
}
