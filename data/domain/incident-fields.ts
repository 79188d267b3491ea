import type { Label } from './label.ts'

/**
 * A column of `incident` that no rule reads: it is imported, listed, filtered, exported and shown. Its name is the
 * property of `Incident`, the queryable and the field of an import.
 */
type PlainField = {
  /** Column of `incident`: `integer not null default 0`, or `text not null default ''`. */
  column: string
  kind: 'integer' | 'text'
  label: Label
  /** Of the export's column; an import recognises it. */
  header: Label
  /** What the columns of real files are called, best first. */
  fileNames: readonly string[]
}

/** Every plain field. Schema, rows, queryables, exports, imports, the demo and the incident card are derived from it. */
export const plainFields = {
  /** How many people it concerns: scale <5, 5–29, ≥30. */
  involvedCount: {
    column: 'involved_count',
    kind: 'integer',
    label: { zh: '涉及人数', en: 'People involved' },
    header: { zh: '涉及人数', en: 'involved count' },
    fileNames: [
      '涉及人数',
      '参与人数',
      '涉事人数',
      '涉稳人数',
      '涉及群众人数',
      '信访人数',
      '来访人数',
      '上访人数',
      '人数',
      'involved',
      'people',
    ],
  },
} as const satisfies Record<string, PlainField>

type Fields = typeof plainFields
export type PlainFieldName = keyof Fields
type ValueOf = { integer: number; text: string }
export type PlainValues = { [Name in PlainFieldName]: ValueOf[Fields[Name]['kind']] }

export const plainFieldNames = Object.keys(plainFields) as PlainFieldName[]

/** The field as one of any kind: for what treats all of them alike. */
export function plainFieldOf(name: PlainFieldName): PlainField {
  return plainFields[name]
}

/** A value for each plain field; its type follows from `make`. */
export function mapPlainFields<Value>(make: (field: PlainField, name: PlainFieldName) => Value) {
  return Object.fromEntries(plainFieldNames.map((name) => [name, make(plainFieldOf(name), name)])) as Record<
    PlainFieldName,
    Value
  >
}

/** The value that stands for “not known”: 0 or the empty text. */
export const emptyPlainValues = mapPlainFields(({ kind }) => (kind === 'integer' ? 0 : '')) as PlainValues
