import { filterProblem } from './filter-problem.ts'
import { type Token, tokensOf } from './tokens.ts'
import type { ProblemError } from '@minqing/data/domain/problem'

/** Levels of brackets and negations: what a person writes stays below, and no stack is at risk. */
const deepest = 8

/** Walks over the tokens of a filter, one ahead. */
export class TokenReader {
  readonly #tokens: Token[]
  #next = 0
  #depth = 0

  constructor(filter: string) {
    this.#tokens = tokensOf(filter)
  }

  get next(): Token {
    return this.#tokens[this.#next]!
  }

  /** The one after the next. */
  get second(): Token {
    return this.#tokens[this.#next + 1] ?? this.next
  }

  take(): Token {
    const token = this.next
    if (token.kind !== 'end') this.#next += 1
    return token
  }

  /** Whether the next one is this keyword, in any case, or this sign; it is taken then. */
  took(word: string): boolean {
    if (!this.isNext(word)) return false
    this.#next += 1
    return true
  }

  isNext(word: string): boolean {
    const token = this.next
    return (
      (token.kind === 'sign' && token.text === word) ||
      (token.kind === 'name' && !token.quoted && token.text.toLowerCase() === word)
    )
  }

  expect(word: string): void {
    if (!this.took(word)) throw this.unexpected({ zh: `此处应为“${word}”`, en: `“${word}” is expected` })
  }

  /** Reads one level deeper. */
  nested<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > deepest)
      throw this.unexpected({ zh: `嵌套超过 ${deepest} 层`, en: `it is nested deeper than ${deepest} levels` })
    const value = read()
    this.#depth -= 1
    return value
  }

  /** What to say where the next token does not fit. */
  unexpected(said: { zh: string; en: string }): ProblemError {
    return filterProblem(said, this.next.at)
  }
}
