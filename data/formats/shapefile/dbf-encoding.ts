import { isUtf8 } from 'node:buffer'
import type { Label } from '../../domain/label.ts'
import type { DbfHeader } from './dbf.ts'
import { parseEncoding } from '../text/encoding.ts'
import { FileProblem } from '../file-problem.ts'
import { ChineseBytes } from '../text/gb18030-proof.ts'
import { SequentialBytes } from '../sequential-bytes.ts'
import type { FilePart } from './shapefile-parts.ts'

/** How a table's text is decoded, and what to tell the person about it. */
export type DbfEncoding = { encoding: string; note: Label | null }

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
