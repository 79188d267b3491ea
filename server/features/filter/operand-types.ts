import type { Condition, Operand } from './expression.ts'
import { filterProblem } from './filter-problem.ts'

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
