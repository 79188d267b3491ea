import {
  checkPattern,
  checkSameType,
  comparisons,
  type Condition,
  filterProblem,
  type Operand,
  temporalRelations,
  typeOf,
} from './expression.ts'
import type { Queryable } from '../queryables.ts'
import { checkCost } from './check-cost.ts'
import { readTime, readPeriod, readShape } from './read-literals.ts'
import { TokenReader } from './tokens.ts'

/** More than a person writes by hand, and few enough for the planner. */
const mostInList = 500
const mostConditions = 200

/**
 * CQL2 text (OGC 21-065r2) as a typed tree: comparisons with `LIKE`, `BETWEEN`, `IN` and `CASEI`, `S_INTERSECTS`, the
 * temporal relations, `AND`, `OR` and `NOT`. No arithmetic and no functions of one's own.
 *
 * @param latitudeFirst the axis order of shapes, as `filter-crs` says.
 * @throws ProblemError `bad_parameter` naming the filter, with the place and what would do.
 */
export function parseFilter(filter: string, queryables: readonly Queryable[], latitudeFirst = false): Condition {
  const tokens = new TokenReader(filter)
  const parser = new FilterParser(tokens, queryables, latitudeFirst)
  const condition = parser.expression()
  if (tokens.next.kind !== 'end')
    throw tokens.unexpected({ zh: '此处应为 AND、OR 或结尾', en: 'AND, OR or the end is expected' })
  checkCost(condition)
  return condition
}

class FilterParser {
  readonly #tokens: TokenReader
  readonly #queryables: readonly Queryable[]
  readonly #latitudeFirst: boolean
  #conditions = 0

  constructor(tokens: TokenReader, queryables: readonly Queryable[], latitudeFirst: boolean) {
    this.#tokens = tokens
    this.#queryables = queryables
    this.#latitudeFirst = latitudeFirst
  }

  expression(): Condition {
    return this.#joined('or', () => this.#joined('and', () => this.#factor()))
  }

  #joined(op: 'and' | 'or', read: () => Condition): Condition {
    const first = read()
    if (!this.#tokens.isNext(op)) return first
    const parts = [first]
    while (this.#tokens.took(op)) parts.push(read())
    return { op, parts }
  }

  #factor(): Condition {
    if (this.#tokens.took('not')) return { op: 'not', part: this.#tokens.nested(() => this.#primary()) }
    return this.#primary()
  }

  #primary(): Condition {
    this.#conditions += 1
    if (this.#conditions > mostConditions)
      throw filterProblem({ zh: `条件超过 ${mostConditions} 个`, en: `it has more than ${mostConditions} conditions` })
    const tokens = this.#tokens
    if (tokens.took('(')) {
      const inner = tokens.nested(() => this.expression())
      tokens.expect(')')
      return inner
    }
    for (const value of [true, false]) if (tokens.took(String(value))) return { op: 'constant', value }
    if (tokens.took('s_intersects')) return this.#intersects()
    const relation = temporalRelations.find((name) => tokens.took(name))
    if (relation === undefined) return this.#comparison()
    const [left, right] = this.#pair(
      () => readPeriod(tokens, () => this.#property('instant')),
      () => readPeriod(tokens, () => this.#property('instant')),
    )
    return { op: 'temporal', relation, left, right }
  }

  #pair<A, B>(first: () => A, second: () => B): [A, B] {
    this.#tokens.expect('(')
    const a = first()
    this.#tokens.expect(',')
    const b = second()
    this.#tokens.expect(')')
    return [a, b]
  }

  /** The geometry first or second: the relation is symmetric. */
  #intersects(): Condition {
    const property = () => this.#property('geometry')
    const shape = () => readShape(this.#tokens, this.#latitudeFirst)
    const { second } = this.#tokens
    const named = second.kind === 'name' && this.#queryables.some(({ name }) => name === second.text)
    if (named) return { op: 'intersects', shape: this.#pair(property, shape)[1] }
    return { op: 'intersects', shape: this.#pair(shape, property)[0] }
  }

  #comparison(): Condition {
    const tokens = this.#tokens
    const { at } = tokens.next
    if (tokens.next.kind === 'name' && tokens.second.kind === 'name' && tokens.second.text.toLowerCase() === 'is') {
      const property = this.#property()
      tokens.expect('is')
      const negated = tokens.took('not')
      tokens.expect('null')
      return negate(negated, { op: 'null', property })
    }
    const left = this.#operand()
    const operator = comparisons.find((sign) => tokens.took(sign))
    if (operator !== undefined) {
      const right = this.#operand()
      checkSameType([left, right], at)
      return { op: 'compare', operator, left, right }
    }
    const negated = tokens.took('not')
    if (tokens.took('like')) {
      const pattern = this.#operand()
      return negate(negated, checkPattern(left, pattern, at))
    }
    if (tokens.took('between')) {
      const low = this.#operand()
      tokens.expect('and')
      const high = this.#operand()
      checkSameType([left, low, high], at)
      return negate(negated, { op: 'between', value: left, low, high })
    }
    if (tokens.took('in')) return negate(negated, this.#inList(left, at))
    throw tokens.unexpected({
      zh: '此处应为比较（=、<>、<、>、LIKE、BETWEEN、IN、IS NULL）',
      en: 'a comparison is expected (=, <>, <, >, LIKE, BETWEEN, IN, IS NULL)',
    })
  }

  #inList(value: Operand, at: number): Condition {
    this.#tokens.expect('(')
    const list = [this.#operand()]
    while (this.#tokens.took(',')) list.push(this.#operand())
    this.#tokens.expect(')')
    if (list.length > mostInList)
      throw filterProblem({ zh: `IN 中的值超过 ${mostInList} 个`, en: `IN lists more than ${mostInList} values` }, at)
    checkSameType([value, ...list], at)
    return { op: 'in', value, list }
  }

  #operand(): Operand {
    const tokens = this.#tokens
    const { next } = tokens
    if (next.kind === 'text') return { kind: 'text', value: textOf(tokens) }
    if (next.kind === 'number') {
      tokens.take()
      return { kind: 'number', value: next.value }
    }
    const time = readTime(tokens)
    if (time !== undefined) return { kind: 'period', ...time }
    if (tokens.isNext('casei')) return this.#caseless()
    const property = this.#property()
    if (property.type === 'geometry')
      throw filterProblem({ zh: '几何只能用于 S_INTERSECTS', en: 'a geometry is only asked by S_INTERSECTS' }, next.at)
    return { kind: 'property', property }
  }

  #caseless(): Operand {
    const tokens = this.#tokens
    const { at } = tokens.take()
    tokens.expect('(')
    const of = tokens.nested(() => this.#operand())
    tokens.expect(')')
    if (typeOf(of) !== 'text') throw filterProblem({ zh: 'CASEI 只用于文字', en: 'CASEI is for texts' }, at)
    return { kind: 'caseless', of }
  }

  #property(type?: Queryable['type']): Queryable {
    const { next } = this.#tokens
    const found = next.kind === 'name' ? this.#queryables.find(({ name }) => name === next.text) : undefined
    if (found !== undefined && (type === undefined || found.type === type)) {
      this.#tokens.take()
      return found
    }
    const names = this.#queryables.filter((one) => type === undefined || one.type === type).map(({ name }) => name)
    const reason = next.kind === 'name' ? `“${next.text}”` : ''
    throw this.#tokens.unexpected({
      zh: `此处应为属性，而${reason === '' ? '这里没有' : `${reason}不是`}；可用：${names.join('、')}`,
      en: `a property is expected${reason === '' ? '' : `, and ${reason} is none`}; there are ${names.join(', ')}`,
    })
  }
}

function negate(negated: boolean, part: Condition): Condition {
  return negated ? { op: 'not', part } : part
}

function textOf(tokens: TokenReader): string {
  const token = tokens.take()
  return token.kind === 'text' ? token.text : ''
}
