import { localTimeText } from '../values/local-time-text.ts'
import type { WrittenColumn, WrittenValue } from '../written-table.ts'
import { cutToBytes } from './short-names.ts'

type Field = { name: string; type: 'C' | 'N'; length: number; decimals: number }

const longestText = 254
/** `YYYY-MM-DD HH:mm:ss`: dBase has dates without a time only. */
const timeLength = 19

function fieldOf(name: string, { kind, bytes = longestText }: WrittenColumn): Field {
  switch (kind) {
    case 'text':
      return { name, type: 'C', length: Math.min(bytes, longestText), decimals: 0 }
    case 'time':
      return { name, type: 'C', length: timeLength, decimals: 0 }
    case 'integer':
      return { name, type: 'N', length: 18, decimals: 0 }
    case 'decimal':
      return { name, type: 'N', length: 20, decimals: 8 }
  }
}

/** Writes the records of a dBase III table in UTF-8, under names of at most ten bytes. */
export class DbfWriter {
  readonly #fields: readonly Field[]
  readonly #columns: readonly WrittenColumn[]
  readonly recordLength: number
  /** Texts that were cut. */
  cut = 0

  constructor(names: readonly string[], columns: readonly WrittenColumn[]) {
    this.#columns = columns
    this.#fields = columns.map((column, index) => fieldOf(names[index] ?? '', column))
    this.recordLength = this.#fields.reduce((sum, { length }) => sum + length, 1)
  }

  /** dBase file structure: 32 bytes, 32 a field, and an end mark. */
  header(records: number, day: Date): Buffer {
    const header = Buffer.alloc(32 + 32 * this.#fields.length + 1)
    header.set([0x03, day.getUTCFullYear() - 1900, day.getUTCMonth() + 1, day.getUTCDate()])
    header.writeUInt32LE(records, 4)
    header.writeUInt16LE(header.length, 8)
    header.writeUInt16LE(this.recordLength, 10)
    for (const [index, { name, type, length, decimals }] of this.#fields.entries()) {
      const at = 32 + 32 * index
      header.write(name, at, 'utf8')
      header.write(type, at + 11, 'latin1')
      header[at + 16] = length
      header[at + 17] = decimals
    }
    header[header.length - 1] = 0x0d
    return header
  }

  record(values: readonly WrittenValue[]): Buffer {
    const record = Buffer.alloc(this.recordLength, ' ')
    let at = 1
    for (const [index, { type, length, decimals }] of this.#fields.entries()) {
      const value = values[index] ?? null
      if (value !== null) {
        const text = this.#text(value, index, type === 'N' ? decimals : null)
        const shown = cutToBytes(text, length)
        if (shown.length < text.length) this.cut += 1
        // Numbers stand at the right.
        record.write(shown, type === 'N' ? at + length - shown.length : at, 'utf8')
      }
      at += length
    }
    return record
  }

  #text(value: string | number, index: number, decimals: number | null): string {
    if (decimals !== null) return Number(value).toFixed(decimals)
    return this.#columns[index]?.kind === 'time' ? localTimeText(String(value)) : String(value)
  }
}
