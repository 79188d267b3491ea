import type { Label } from '@minqing/data/domain/label'
import type { Geometry } from 'geojson'
import type { Queryable } from '../queryables.ts'
import type { BoundingBox } from '@minqing/data/domain/position'
import { ProblemError } from '@minqing/data/domain/problem'

/** A filter that was understood: a tree of these alone, its properties known and its types checked. */
export type Condition =
  | { op: 'and' | 'or'; parts: Condition[] }
  | { op: 'not'; part: Condition }
  | { op: 'constant'; value: boolean }
  | { op: 'compare'; operator: Comparison; left: Operand; right: Operand }
  | { op: 'like'; text: Operand; pattern: string }
  | { op: 'between'; value: Operand; low: Operand; high: Operand }
  | { op: 'in'; value: Operand; list: Operand[] }
  | { op: 'null'; property: Queryable }
  | Intersects
  | { op: 'temporal'; relation: TemporalRelation; left: Period; right: Period }

export type Intersects = { op: 'intersects'; shape: { box: BoundingBox } | { geometry: Geometry } }

export const comparisons = ['=', '<>', '<', '<=', '>', '>='] as const
export type Comparison = (typeof comparisons)[number]

export type Operand =
  | { kind: 'property'; property: Queryable }
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  /** `CASEI(…)`: compared without regard to capitals. */
  | { kind: 'caseless'; of: Operand }
  /** A timestamp, or the day of a date: both ends belong to it. */
  | { kind: 'period'; from: string; to: string }

/** An end of a period: a property, or a time in ISO 8601, `-infinity` and `infinity` where it is open. */
export type PeriodEnd = { property: Queryable } | { at: string }
export type Period = { from: PeriodEnd; to: PeriodEnd }

/** OGC 21-065r2 §7.6, table 11. */
export const temporalRelations = [
  't_after',
  't_before',
  't_contains',
  't_disjoint',
  't_during',
  't_equals',
  't_finishedby',
  't_finishes',
  't_intersects',
  't_meets',
  't_metby',
  't_overlappedby',
  't_overlaps',
  't_startedby',
  't_starts',
] as const
export type TemporalRelation = (typeof temporalRelations)[number]

/** A filter that cannot be understood, with the character (counted from 1) at which that shows. */
export function filterProblem(reason: Label, at?: number, remedy: Label = writeCql2): ProblemError {
  const place =
    at === undefined ? { zh: '', en: '' } : { zh: `（第 ${at + 1} 个字符处）`, en: ` (at character ${at + 1})` }
  return new ProblemError(
    'bad_parameter',
    { zh: `参数“filter”：${reason.zh}${place.zh}`, en: `Parameter “filter”: ${reason.en}${place.en}` },
    { parameter: 'filter', remedy },
  )
}

const writeCql2: Label = {
  zh: "请用 CQL2 文本，例如 type = 'D02' AND reportedAt >= TIMESTAMP('2026-01-01T00:00:00Z')；可用的属性见 /queryables",
  en: "Use CQL2 text, e.g. type = 'D02' AND reportedAt >= TIMESTAMP('2026-01-01T00:00:00Z'); /queryables lists the properties",
}

type OperandType = 'text' | 'number' | 'instant'

export function typeOf(operand: Operand): OperandType {
  switch (operand.kind) {
    case 'text':
    case 'caseless':
      return 'text'
    case 'number':
      return 'number'
    case 'period':
      return 'instant'
    case 'property': {
      const { type } = operand.property
      return type === 'instant' ? 'instant' : type === 'text' ? 'text' : 'number'
    }
  }
}

const words = {
  text: { zh: '文字', en: 'a text' },
  number: { zh: '数字', en: 'a number' },
  instant: { zh: '时间', en: 'a time' },
} as const

/** @throws ProblemError where a text would be compared with a number, or the like. */
export function checkSameType(operands: readonly Operand[], at: number): void {
  const [first, ...rest] = operands.map(typeOf)
  const other = rest.find((type) => type !== first)
  if (first === undefined || other === undefined) return
  throw filterProblem(
    {
      zh: `${words[first].zh}不能与${words[other].zh}比较`,
      en: `${words[first].en} cannot be compared with ${words[other].en}`,
    },
    at,
  )
}

/** `LIKE` with a pattern of `%` and `_`; `CASEI` on one side means both. */
export function checkPattern(text: Operand, pattern: Operand, at: number): Condition {
  const plain = pattern.kind === 'caseless' ? pattern.of : pattern
  if (typeOf(text) !== 'text' || plain.kind !== 'text')
    throw filterProblem({ zh: 'LIKE 只用于文字与其模式', en: 'LIKE compares a text with a pattern' }, at)
  // The database would refuse it.
  if (/(^|[^\\])(\\\\)*\\$/.test(plain.value))
    throw filterProblem({ zh: '模式不能以“\\”结尾', en: 'a pattern cannot end with “\\”' }, at)
  const caseless = pattern.kind === 'caseless' || text.kind === 'caseless'
  const inner = text.kind === 'caseless' ? text.of : text
  return { op: 'like', text: caseless ? { kind: 'caseless', of: inner } : inner, pattern: plain.value }
}
