import { availableParallelism } from 'node:os'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { type AnalysisOutcome, type AnalysisTask, computeAnalysis } from './analysis-thread.ts'
import type { AnalysisResult } from './run-analysis.ts'

/** Threads that compute, made when there is work and ended when there has been none for a while. */
export class ThreadPool {
  #pool: Piscina<AnalysisTask, AnalysisOutcome> | undefined
  #isClosed = false

  get isClosed(): boolean {
    return this.#isClosed
  }

  /**
   * @param onResult called with the result, before the outcome is there
   * @throws AbortError when the signal is aborted: the thread is ended, or never begins.
   */
  async run(
    task: Omit<AnalysisTask, 'port'>,
    signal: AbortSignal,
    onResult: (result: AnalysisResult) => void,
  ): Promise<AnalysisOutcome> {
    this.#pool ??= new Piscina({
      filename: new URL('analysis-thread.ts', import.meta.url).href,
      minThreads: 0,
      // One core is left to answer requests, where there are several.
      maxThreads: Math.max(1, availableParallelism() - 1),
      idleTimeout: 30_000,
      // An endless kernel would take the machine with it.
      resourceLimits: { maxOldGenerationSizeMb: 2_000 },
    })
    const { port1, port2 } = new MessageChannel()
    port1.on('message', onResult)
    try {
      return await this.#pool.run(
        { ...task, port: port2 },
        { signal, name: computeAnalysis.name, transferList: [port2] },
      )
    } finally {
      // The outcome may overtake it.
      const last = receiveMessageOnPort(port1)
      if (last !== undefined) onResult(last.message as AnalysisResult)
      port1.close()
    }
  }

  /** Ends every thread, whatever it is doing. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#pool?.destroy()
  }
}
