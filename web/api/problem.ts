import type { Problem } from '@minqing/data/domain/problem'

/** The server answered, and said no: the problem it described, as far as it did. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
  readonly status: number
  readonly problem: Partial<Problem>
  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`)
    this.status = status
    this.problem = problem
  }
}

/** Asking again helps where the server or the network is at fault, never where the question is. */
export function isWorthRetrying(error: Error): boolean {
  return !(error instanceof AnswerError) || error.status >= 500 || error.status === 429
}
