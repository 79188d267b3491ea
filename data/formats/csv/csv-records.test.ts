import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvRecords } from './csv-records.ts'

function recordsOf(text: string, piece: number): string[][] {
  const records = new CsvRecords(',')
  const found = []
  for (let at = 0; at < text.length; at += piece) found.push(...records.push(text.slice(at, at + piece)))
  return [...found, ...records.end()].map(({ cells }) => cells)
}

describe('CsvRecords', () => {
  it('reads what csv-stringify writes, as csv-parse does, cut anywhere', () => {
    const cell = fc.oneof(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '中', '𠮷') }), fc.string())
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom<'unix' | 'windows'>('unix', 'windows'),
        (rows, piece, record_delimiter) => {
          const text = stringify([['x', 'y', 'z'], ...rows], { record_delimiter, quoted: true })
          expect(recordsOf(text, piece)).toEqual(parse(text))
        },
      ),
      { numRuns: 500 },
    )
  })
})
