import { isUtf8 } from 'node:buffer'
import type { Label } from '../../domain/label.ts'
import { FileProblem } from '../file-problem.ts'
import { SequentialBytes, viewOf } from '../sequential-bytes.ts'
import { limits } from '../source-row.ts'
import { ChineseBytes } from '../text/chinese-bytes.ts'
import { parseEncoding } from '../text/encoding.ts'
import type { FilePart } from './shapefile-parts.ts'

/** A column of a dBase table. The name's bytes are in the table's own encoding. */
type DbfField = { name: Uint8Array; type: string; offset: number; length: number }

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

/** How a table's text is decoded, and what to report about it. */
type DbfEncoding = { encoding: string; note: Label | null }

/** Code pages of language drivers (ESRI's and FoxPro's lists) that Chinese tables are written with. */
const drivers: Record<number, string> = { 0x4d: 'gb18030', 0x7a: 'gb18030', 0x4f: 'big5', 0x78: 'big5' }

/**
 * The encoding of a table: what the person says, else its `.cpg`, else its language driver, as long as the bytes do not
 * contradict; else what the bytes prove.
 *
 * @throws FileProblem when nothing says or proves it
 */
export async function dbfEncoding(
  dbf: FilePart,
  header: DbfHeader,
  cpg: string | null,
  chosen: string | undefined,
): Promise<DbfEncoding> {
  if (chosen !== undefined) {
    const encoding = parseEncoding(chosen)
    if (encoding !== null) return { encoding, note: null }
    throw new FileProblem(`--encoding ${chosen}：不认识这个编码`, `--encoding ${chosen}: unknown encoding`)
  }
  const text = await textOf(dbf, header)
  const declared = (cpg === null ? null : codePage(cpg)) ?? drivers[header.driver] ?? null
  if (text.ascii) return { encoding: 'utf-8', note: null }
  const proven = text.utf8 ? 'utf-8' : text.chinese ? 'gb18030' : null
  // Any bytes can be Big5, but only UTF-8 is UTF-8: that alone contradicts.
  if (declared !== null && (declared !== 'utf-8' || proven === 'utf-8') && (declared === 'utf-8' || proven !== 'utf-8'))
    return { encoding: declared, note: null }
  if (proven !== null) return { encoding: proven, note: foundNote(proven, declared) }
  const [zh, en] =
    cpg === null ? ['没有 .cpg 文件', 'there is no .cpg'] : ['.cpg 与内容不符', 'the .cpg contradicts it']
  throw new FileProblem(
    `无法确定“${dbf.name}”的编码：${zh}，内容既不是 UTF-8，也不像 GBK。请用 --encoding 指明`,
    `The encoding of “${dbf.name}” cannot be determined: ${en}, and the text is neither UTF-8 nor like GBK. Name it with --encoding`,
  )
}

/** A `.cpg` file's word: `UTF-8`, `GBK`, `936`, `CP936`, `ANSI 936`, `65001`; null when it says nothing we know. */
function codePage(cpg: string): string | null {
  const word = cpg
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase()
  const number = /(?:^|\D)(65001|936|54936|950)$/.exec(word)?.[1]
  if (number !== undefined) return { 65001: 'utf-8', 936: 'gb18030', 54936: 'gb18030', 950: 'big5' }[number] ?? null
  return parseEncoding(word)
}

/** Field names and text cells, as far as a verdict needs. */
async function textOf(dbf: FilePart, header: DbfHeader) {
  const chinese = new ChineseBytes()
  const samples: Uint8Array[] = []
  const look = (bytes: Uint8Array) => {
    if (bytes.every((byte) => byte < 0x80)) return
    samples.push(bytes.slice())
    // A field's last character may be cut in half: as GB18030, a lone byte at the end is left out.
    chinese.add(wholeGbk(bytes))
  }
  for (const { name } of header.fields) look(numberedName(name).stem)
  const bytes = new SequentialBytes(dbf.open())
  try {
    await bytes.skip(header.headerLength)
    const texts = header.fields.filter(({ type }) => type === 'C' || type === 'V')
    for (let i = 0; i < header.records && samples.length < 5000 && i < 200_000; i++) {
      if (!(await bytes.fill(header.recordLength))) break
      const record = bytes.take(header.recordLength)
      for (const { offset, length } of texts) look(trimEnd(record.subarray(offset, offset + length)))
    }
  } finally {
    await bytes.close()
  }
  return {
    ascii: samples.length === 0,
    utf8: samples.every((sample) => isUtf8(wholeUtf8(sample))),
    chinese: chinese.proven(),
    contradicts: (encoding: string) => encoding === 'utf-8' && samples.some((sample) => !isUtf8(wholeUtf8(sample))),
  }
}

/** A name as it was cut, and the `_1` that keeps it apart from another that was cut to the same. */
export function numberedName(name: Uint8Array): { stem: Uint8Array; number: string } {
  const number = /_\d{1,2}$/.exec(Buffer.from(name).toString('latin1'))?.[0] ?? ''
  return { stem: name.subarray(0, name.length - number.length), number }
}

function trimEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0)) end--
  return bytes.subarray(0, end)
}

/** Without a last byte that has lost its second half. */
function wholeGbk(bytes: Uint8Array): Uint8Array {
  let at = 0
  while (at < bytes.length) at += (bytes[at] ?? 0) < 0x80 ? 1 : (bytes[at + 1] ?? 0x40) < 0x40 ? 4 : 2
  return at > bytes.length ? bytes.subarray(0, -1) : bytes
}

/** Without a last character that the field's width cut. */
export function wholeUtf8(bytes: Uint8Array): Uint8Array {
  let start = bytes.length - 1
  while (start > 0 && bytes.length - start < 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  const lead = bytes[start] ?? 0
  const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
  return bytes.length - start < needed ? bytes.subarray(0, start) : bytes
}

function foundNote(encoding: string, declared: string | null): Label {
  const name = encoding === 'utf-8' ? 'UTF-8' : 'GBK'
  return declared === null
    ? { zh: `没有 .cpg；从内容断定属性表是 ${name} 编码`, en: `There is no .cpg; the table's bytes prove ${name}` }
    : {
        zh: `.cpg 或表头写的是 ${declared}，而内容是 ${name}；已按 ${name} 读取`,
        en: `The .cpg or header says ${declared}, but the bytes are ${name}, which was used`,
      }
}
