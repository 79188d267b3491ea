import * as fc from 'fast-check'
import type { Schema } from './openapi-operations.ts'

/** Texts that have broken parsers, look-ups, databases and terminals elsewhere. */
export const hostileTexts = [
  '',
  ' ',
  '0',
  '-0',
  '-1',
  '1e-400',
  '5e-324',
  '1e308',
  '1e999',
  'NaN',
  'Infinity',
  '0x1F',
  '99999999999999999999',
  '1,2,3,4',
  '1e-320,1e-320,1,1',
  '180,90,-180,-90',
  '-180,-90,180,90',
  ',,,,',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'hasOwnProperty',
  '%',
  '_',
  '\\',
  "'",
  "' or 1=1 --",
  '"',
  '$1',
  '${1}',
  '../../etc/passwd',
  '..%2f..%2f',
  '\0',
  'a\0b',
  '\u{1f5fa}',
  '\ufeff',
  '\ufffe\uffff',
  '\u202egpj.exe',
  '网格',
  'ＡＢＣ１２３',
  'İı',
  '０',
  '\r\nset-cookie: a=b',
  '*',
  '9'.repeat(400),
  '['.repeat(2000),
  '('.repeat(2000),
  'a'.repeat(5000),
] as const

const hostileTimes = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '9999-12-31T23:59:60Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01T00:00:00.123456789123456789Z',
  '-271821-04-20T00:00:00Z/..',
  '+275760-09-13T00:00:00Z',
  '../..',
  '2026-01-01',
  '2026-01-01T00:00:00Z/1970-01-01T00:00:00Z',
] as const

export const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileTimes) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

/** A text with a character lost, doubled or replaced, a piece repeated, or its end cut off. */
export function mutated(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.nat(), fc.constantFrom('lose', 'double', 'replace', 'repeat', 'cut', 'join'), hostile)
    .map(([whole, place, change, other]) => {
      const at = whole.length === 0 ? 0 : place % whole.length
      const [before, after] = [whole.slice(0, at), whole.slice(at)]
      switch (change) {
        case 'lose':
          return before + after.slice(1)
        case 'double':
          return before + after.slice(0, 1) + after
        case 'replace':
          return before + other.slice(0, 1) + after.slice(1)
        case 'repeat':
          return before + after.slice(0, 8).repeat(200) + after
        case 'cut':
          return before
        case 'join':
          return `${whole},${other}`
      }
    })
}

/** Texts that a schema takes, as they stand in an address. */
export function accepted(schema: Schema): fc.Arbitrary<string> {
  const { type, items, minItems = 0, maxItems = 6, minimum = 0, maximum = 1_000_000 } = schema
  const example = schema.example === undefined ? [] : [fc.constant(exampleText(schema.example))]
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map(String))
  switch (type ?? 'string') {
    case 'integer':
      return fc.oneof(...example, fc.integer({ min: minimum, max: maximum }).map(String))
    case 'number':
      return fc.oneof(...example, fc.double({ noNaN: true }).map(String), {
        weight: 4,
        arbitrary: fc.double({ min: -180, max: 180, noNaN: true }).map(String),
      })
    case 'array': {
      const list = fc.array(accepted(items ?? {}), { minLength: minItems, maxLength: maxItems })
      return fc.oneof(
        ...example,
        list.map((members) => members.join(',')),
      )
    }
    default:
      return fc.oneof(...example, fc.string({ maxLength: 20 }), fc.constantFrom(...hostileTimes))
  }
}

/** As it stands in an address: a list by commas. */
function exampleText(example: unknown): string {
  return Array.isArray(example)
    ? example.map(exampleText).join(',')
    : typeof example === 'string'
      ? example
      : JSON.stringify(example)
}
