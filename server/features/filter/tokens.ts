import { filterProblem } from './expression.ts'
import type { ProblemError } from '@minqing/data/domain/problem'

export type Token = { at: number } & (
  | { kind: 'name'; text: string; quoted: boolean }
  | { kind: 'text'; text: string }
  | { kind: 'number'; value: number }
  | { kind: 'sign'; text: string }
  | { kind: 'end' }
)

/** Longer ones could not come in an address, whose length the server bounds as well. */
export const longestFilter = 8000

/**
 * The lexical rules of OGC 21-065r2, annex B: names and numbers, texts in single quotes (doubled or escaped inside),
 * names in double quotes, signs. A sign before a number belongs to it, because nothing here is reckoned.
 */
const pattern =
  /\s+|(?<name>[\p{L}_:][\p{L}\p{N}\p{M}_:.]*)|"(?<quoted>[\p{L}_:][\p{L}\p{N}\p{M}_:.]*)"|'(?<text>(?:[^'\\]|''|\\.)*)'|(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<sign><>|<=|>=|[=<>(),])/suy

/** @throws ProblemError where something is no token. */
export function tokensOf(filter: string): Token[] {
  if (filter.length > longestFilter) {
    throw filterProblem({
      zh: `长度超过 ${longestFilter} 个字符`,
      en: `it is longer than ${longestFilter} characters`,
    })
  }
  const tokens: Token[] = []
  const reader = new RegExp(pattern)
  while (reader.lastIndex < filter.length) {
    const at = reader.lastIndex
    const groups = reader.exec(filter)?.groups
    if (groups === undefined) {
      const found = filter.slice(at, at + 10)
      throw filterProblem({ zh: `无法识别“${found}”`, en: `“${found}” cannot be understood` }, at)
    }
    const { name, quoted, text, number, sign } = groups
    if (name !== undefined) tokens.push({ kind: 'name', text: name, quoted: false, at })
    if (quoted !== undefined) tokens.push({ kind: 'name', text: quoted, quoted: true, at })
    if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll(/''|\\'/g, "'"), at })
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at })
    if (number !== undefined) tokens.push({ kind: 'number', value: finite(number, at), at })
  }
  return [...tokens, { kind: 'end', at: filter.length }]
}

function finite(text: string, at: number): number {
  const value = Number(text)
  if (Number.isFinite(value)) return value
  throw filterProblem({ zh: `数字“${text}”过大`, en: `the number ${text} is too large` }, at)
}

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
  unexpected(reason: { zh: string; en: string }): ProblemError {
    return filterProblem(reason, this.next.at)
  }
}
