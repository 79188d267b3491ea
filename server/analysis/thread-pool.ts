import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { type AnalysisOutcome, type AnalysisTask, computeAnalysis } from './analysis-thread.ts'

/** Threads that compute, made when there is work and ended when there has been none for a while. */
export class ThreadPool {
  #pool: Piscina<AnalysisTask, AnalysisOutcome> | undefined
  #isClosed = false

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** @throws AbortError when the signal is aborted: the thread is ended, or never begins. */
  async run(task: AnalysisTask, signal: AbortSignal): Promise<AnalysisOutcome> {
    this.#pool ??= new Piscina({
      filename: new URL('analysis-thread.ts', import.meta.url).href,
      minThreads: 0,
      // One core is left to answer requests, where there are several.
      maxThreads: Math.max(1, availableParallelism() - 1),
      idleTimeout: 30_000,
      // An endless kernel would take the machine with it.
      resourceLimits: { maxOldGenerationSizeMb: 2_000 },
    })
    return this.#pool.run(task, { signal, name: computeAnalysis.name })
  }

  /** Ends every thread, whatever it is doing. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#pool?.destroy()
  }
}
