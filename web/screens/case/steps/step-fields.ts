import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { homeOffset } from '@minqing/data/domain/local-time'

export type NextStep = LoopState['next'][number]

/** How a member of a step's content is entered. */
export type StepField = {
  name: string
  required: boolean
  kind: 'text' | 'number' | 'time' | 'flag' | 'list' | 'choice'
  /** Of a choice. */
  values: readonly string[]
}

type Schema = { type?: string; enum?: string[]; format?: string; items?: Schema; properties?: Record<string, Schema> }

/** Members that name things which this form does not know: parties, agreements and their duties, decisions, steps. */
const unknownHere = new Set([
  'party',
  'agreement',
  'duty',
  'duties',
  'parties',
  'side',
  'partyKind',
  'decision',
  'decisions',
  // Of serious events, which have a form of their own.
  'kind',
  'step',
])

/**
 * The fields of a step, in the order of its schema, those that have to be given first; null where it needs something that
 * is not entered here.
 */
export function fieldsOf({ content, needs }: NextStep): StepField[] | null {
  const members = Object.entries((content as Schema).properties ?? {})
  if (members.some(([name]) => unknownHere.has(name) && needs.includes(name))) return null
  return members
    .filter(([name]) => !unknownHere.has(name))
    .map(([name, schema]) => ({
      name,
      required: needs.includes(name),
      kind: kindOf(schema),
      values: schema.enum ?? [],
    }))
    .toSorted((a, b) => Number(b.required) - Number(a.required))
}

function kindOf({ type, format, enum: values }: Schema): StepField['kind'] {
  if (values !== undefined) return 'choice'
  if (type === 'array') return 'list'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean') return 'flag'
  return format === 'date-time' ? 'time' : 'text'
}

/** What was entered, as the step records it; members that were left empty are left out. */
export function contentOf(fields: readonly StepField[], entered: Readonly<Record<string, string>>) {
  const texts = new Map(Object.entries(entered).map(([name, text]) => [name, text.trim()]))
  const given = fields.flatMap(({ name, kind }): [string, unknown][] => {
    const text = texts.get(name) ?? ''
    return text === '' ? [] : [[name, valueOf(kind, text)]]
  })
  return Object.fromEntries(given)
}

function valueOf(kind: StepField['kind'], text: string): unknown {
  switch (kind) {
    case 'text':
    case 'choice':
      return text
    case 'number':
      return Number(text)
    case 'flag':
      return text === 'true'
    case 'list':
      return text.split(/[、，,;；\s]+/).filter((part) => part !== '')
    case 'time':
      // An input of local time says no offset; the centre's clock is meant.
      return new Date(Date.parse(`${text}:00Z`) - homeOffset).toISOString()
  }
}
