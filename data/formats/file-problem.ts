import type { Label } from '../domain/label.ts'

/** A file that cannot be read at all, or an option that cannot be meant: what happened, to what, what to do next. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'
  readonly label: Label
  constructor(zh: string, en: string, more: { cause?: unknown } = {}) {
    super(`${zh}\n${en}`, more)
    this.label = { zh, en }
  }
}
