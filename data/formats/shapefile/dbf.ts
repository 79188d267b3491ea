import { FileProblem } from '../file-problem.ts'
import { limits } from '../source-row.ts'
import { SequentialBytes, viewOf } from '../sequential-bytes.ts'

/** A column of a dBase table. The name's bytes are in the table's own encoding. */
export type DbfField = { name: Uint8Array; type: string; offset: number; length: number }

export type DbfHeader = {
  records: number
  /** Bytes before the first record, and of each record with its mark of deletion. */
  headerLength: number
  recordLength: number
  /** The language driver id: which code page wrote it, 0 when nobody says. */
  driver: number
  fields: DbfField[]
}

/** A dBase III–IV or FoxPro table's header (dBase file structure, 32 bytes and 32 a field). */
export async function readDbfHeader(bytes: SequentialBytes, name: string): Promise<DbfHeader> {
  if (!(await bytes.fill(32))) throw cutOff(name)
  const view = viewOf(bytes.take(32))
  const records = view.getUint32(4, true)
  const headerLength = view.getUint16(8, true)
  const recordLength = view.getUint16(10, true)
  if (headerLength < 33 || recordLength < 1 || !(await bytes.fill(headerLength - 32)))
    throw headerLength < 33 || recordLength < 1 ? notDbf(name) : cutOff(name)
  const rest = bytes.take(headerLength - 32)
  const fields: DbfField[] = []
  let offset = 1
  for (let at = 0; at + 32 <= rest.length && rest[at] !== 0x0d; at += 32) {
    const descriptor = rest.subarray(at, at + 32)
    const end = descriptor.subarray(0, 11).indexOf(0)
    const type = String.fromCharCode(descriptor[11] ?? 0)
    // Text of more than 255 bytes keeps the higher byte of its length where numbers have their decimals.
    const length = (descriptor[16] ?? 0) + (type === 'C' ? (descriptor[17] ?? 0) * 256 : 0)
    fields.push({ name: descriptor.slice(0, end === -1 ? 11 : end), type, offset, length })
    offset += length
  }
  if (fields.length === 0 || fields.length > limits.columns || offset > recordLength) throw notDbf(name)
  return { records, headerLength, recordLength, driver: view.getUint8(29), fields }
}

/** One record's cells, with text decoded by `decode`; null for a record marked as deleted. */
export function readDbfRecord(record: Uint8Array, fields: readonly DbfField[], decode: Decode): unknown[] | null {
  if (record[0] === 0x2a) return null
  return fields.map((field) => readCell(record.subarray(field.offset, field.offset + field.length), field.type, decode))
}
type Decode = (bytes: Uint8Array) => string

function readCell(bytes: Uint8Array, type: string, decode: Decode): unknown {
  switch (type) {
    case 'I':
      return bytes.length === 4 ? viewOf(bytes).getInt32(0, true) : null
    case 'O':
    case 'B':
      return bytes.length === 8 ? viewOf(bytes).getFloat64(0, true) : null
    case 'C':
    case 'V':
      return decode(trimmed(bytes))
    default:
      return readPlain(Buffer.from(trimmed(bytes)).toString('latin1').trim(), type)
  }
}

/** Values that dBase writes as digits and letters of ASCII. */
function readPlain(text: string, type: string): unknown {
  if (text === '' || /^[*?]+$/.test(text)) return null
  // Zeros are how others write that there is no date.
  if (type === 'D' && /^0+$/.test(text)) return null
  if (type === 'D') return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text
  if (type === 'L') return /^[yYtT]$/.test(text) ? true : /^[nNfF]$/.test(text) ? false : null
  const number = Number(text)
  // A code of more digits than a number holds stays the digits it is.
  return Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : text
}

/** Without the spaces and zeros that fill a field up. */
function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0)) end--
  return bytes.subarray(0, end)
}

function cutOff(name: string): FileProblem {
  return new FileProblem(
    `“${name}”不完整：文件在中途结束。请重新复制或导出`,
    `“${name}” is incomplete: it ends in the middle. Copy or export it again`,
  )
}

function notDbf(name: string): FileProblem {
  return new FileProblem(
    `“${name}”不是有效的 dBase 表（.dbf）：表头无法读懂。请重新导出`,
    `“${name}” is no valid dBase table (.dbf): its header makes no sense. Export it again`,
  )
}
