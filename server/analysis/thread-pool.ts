import { availableParallelism } from 'node:os'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { ProblemError } from '@minqing/data/domain/problem'
import { Piscina } from 'piscina'
import type { AnalysisInput } from './analysis-input.ts'
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

  /**
   * The result of an input alone, without its robustness, stored nowhere.
   *
   * @throws ProblemError where the method refuses it
   */
  async compute(input: AnalysisInput): Promise<AnalysisResult> {
    let result: AnalysisResult | undefined
    const task = {
      input,
      beginning: { id: '', data: {}, version: '' },
      progress: new Int32Array(new SharedArrayBuffer(4)),
      alone: true,
    }
    const outcome = await this.run(task, new AbortController().signal, (made) => (result = made))
    if (outcome.kind === 'refused') throw problemOf(outcome)
    if (result === undefined) throw new Error('a thread ended without a result')
    return result
  }

  /** Ends every thread, whatever it is doing. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#pool?.destroy()
  }
}

/** A problem as it was before it crossed threads. */
export function problemOf({
  code,
  detail,
  parameter,
  remedy,
}: Extract<AnalysisOutcome, { kind: 'refused' }>): ProblemError {
  return new ProblemError(code, detail, {
    ...(parameter === undefined ? {} : { parameter }),
    ...(remedy === undefined ? {} : { remedy }),
  })
}
