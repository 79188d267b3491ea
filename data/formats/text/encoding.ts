import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { encodings, type Encoding } from '../../domain/file-format.ts'
import { Big5Bytes, ChineseBytes } from './chinese-bytes.ts'
import { FileProblem } from '../file-problem.ts'
import type { Bytes } from '../source-row.ts'

/** What a user may call an encoding; GBK and GB2312 are subsets of GB18030. */
export function parseEncoding(name: string): Encoding | null {
  return (
    encodingNames.get(
      name
        .trim()
        .toLowerCase()
        .replaceAll(/[\s_-]/g, ''),
    ) ?? null
  )
}

const encodingNames: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ['utf8', 'utf-8'],
  ['utf8bom', 'utf-8'],
  ['gb18030', 'gb18030'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['cp936', 'gb18030'],
  ['utf16', 'utf-16le'],
  ['utf16le', 'utf-16le'],
  ['unicode', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['big5', 'big5'],
])

/**
 * The encoding of a file, where its bytes prove one: a byte-order mark, the zero bytes of UTF-16, valid UTF-8, or
 * valid GB18030 or Big5 made mostly of common Chinese characters.
 *
 * @throws FileProblem when nothing is proven: a wrong guess would store rubbish that nobody notices for weeks.
 */
export async function detectEncoding(bytes: Bytes): Promise<Encoding> {
  const evident = evidentEncoding(await headOf(bytes))
  if (evident !== null) return evident
  let carried: Uint8Array = new Uint8Array()
  let utf8 = true
  for await (const chunk of bytes.open()) {
    const text = Buffer.concat([carried, chunk])
    const end = completeUtf8(text)
    carried = text.subarray(end)
    utf8 &&= isUtf8(text.subarray(0, end))
    if (!utf8) break
  }
  if (utf8 && carried.length === 0) return 'utf-8'
  const chinese = new ChineseBytes()
  const big5 = new Big5Bytes()
  for await (const chunk of bytes.open()) {
    chinese.add(chunk)
    big5.add(chunk)
  }
  if (chinese.proven(brokenShare)) return 'gb18030'
  if (big5.proven()) return 'big5'
  const line = await brokenLine(bytes)
  if (line !== null)
    throw new FileProblem(
      `文件“${bytes.name}”是 UTF-8，但第 ${line} 行有不完整的字符，多半是导出时被截断。请改正这一行或重新导出；也可用 --encoding utf-8 继续，有问题的行会单独列为被拒绝的行`,
      `“${bytes.name}” is UTF-8, but line ${line} holds part of a character, probably cut off by the export. Correct that line or export the file again; or go on with --encoding utf-8, which rejects the broken rows one by one`,
    )
  throw new FileProblem(
    `无法确定文件“${bytes.name}”的编码：既不是 UTF-8，也不像 GB18030/GBK 或 Big5。请用 --encoding 指明（utf-8、gb18030、utf-16le、utf-16be、big5）`,
    `The encoding of “${bytes.name}” cannot be determined: it is not UTF-8 and does not look like GB18030/GBK or Big5. Name it with --encoding`,
  )
}

/** The line of the first broken character of a file that is UTF-8 but for a few; null where it is something else. */
async function brokenLine(bytes: Bytes): Promise<number | null> {
  const decoder = new TextDecoder('utf-8')
  const counts = { broken: 0, whole: 0, lines: 1, line: 0 }
  const take = (text: string) => {
    for (const character of text) {
      if (character === '\n') counts.lines++
      else if (character === '\uFFFD' && counts.broken++ === 0) counts.line = counts.lines
      else if (character > '\u007f') counts.whole++
    }
  }
  for await (const chunk of bytes.open()) take(decoder.decode(chunk, { stream: true }))
  take(decoder.decode())
  const { broken, whole, line } = counts
  return broken > 0 && whole >= 10 && broken <= Math.max(1, brokenShare * whole) ? line : null
}

/** Characters that may be broken in a file whose encoding is known all the same. */
const brokenShare = 0.02

/** Encodings in which a character cut in half leaves U+FFFD in its own cell: the row can be reported, and the others read. */
export function isForgiving(encoding: Encoding): boolean {
  return encoding === 'gb18030' || encoding === 'big5'
}

/**
 * The file's text in pieces, without its byte-order mark.
 *
 * @param forgiving a few bytes that the encoding does not know become U+FFFD
 * @throws FileProblem at the first byte that the encoding does not know.
 */
export async function* decode(bytes: Bytes, encoding: Encoding, forgiving = false): AsyncGenerator<string> {
  const decoder = encoding === 'utf-8' ? new WholeUtf8(!forgiving) : new TextDecoder(encoding, { fatal: !forgiving })
  let first = true
  for await (const chunk of bytes.open()) {
    let text = await decodeChunk(() => decoder.decode(chunk, { stream: true }), bytes, encoding)
    if (first && forgiving && isMostlyBroken(text, chunk)) throw await undecodable(bytes, encoding)
    if (first && text.length > 0) {
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
      first = false
    }
    if (text !== '') yield text
  }
  const rest = await decodeChunk(() => decoder.decode(), bytes, encoding)
  if (rest !== '') yield rest
}

/** Whether text is of another encoding rather than of this one with a character cut in half. */
function isMostlyBroken(text: string, chunk: Uint8Array): boolean {
  const broken = text.split('\uFFFD').length - 1
  if (broken <= brokenShare * text.length) return false
  return broken > 1 || isUtf8(chunk.subarray(0, completeUtf8(chunk)))
}

/** Several times faster than a streaming TextDecoder, and as strict where it is to be. */
class WholeUtf8 {
  readonly #fatal: boolean
  #carried: Uint8Array = new Uint8Array()

  constructor(fatal: boolean) {
    this.#fatal = fatal
  }

  decode(chunk?: Uint8Array, _options?: { stream: boolean }): string {
    if (chunk === undefined) {
      if (this.#carried.length === 0) return ''
      if (this.#fatal) throw new TypeError('incomplete character at the end')
      return '\uFFFD'
    }
    const text = this.#carried.length === 0 ? chunk : Buffer.concat([this.#carried, chunk])
    const end = completeUtf8(text)
    const complete = Buffer.from(text.buffer, text.byteOffset, end)
    if (this.#fatal && !isUtf8(complete)) throw new TypeError('invalid UTF-8')
    this.#carried = text.slice(end)
    return complete.toString('utf8')
  }
}

async function decodeChunk(decodeIt: () => string, bytes: Bytes, encoding: Encoding): Promise<string> {
  try {
    return decodeIt()
  } catch (cause) {
    throw await undecodable(bytes, encoding, cause)
  }
}

async function undecodable(bytes: Bytes, encoding: Encoding, cause?: unknown): Promise<FileProblem> {
  const broken = await firstBroken(bytes, encoding)
  const at = broken === null ? null : `0x${broken.byte.toString(16).toUpperCase().padStart(2, '0')}`
  const zh =
    broken === null ? '结尾有不完整的字符' : `第 ${broken.line} 行、全文第 ${broken.offset} 个字节（${at}）无法解码`
  const en =
    broken === null
      ? 'it ends in the middle of a character'
      : `byte ${broken.offset} (${at}, line ${broken.line}) cannot be decoded`
  return new FileProblem(
    `文件“${bytes.name}”不是有效的 ${encoding}：${zh}。请用 --encoding 指明实际编码（${encodings.join('、')}），或重新保存为 UTF-8`,
    `“${bytes.name}” is not valid ${encoding}: ${en}. Name the real encoding with --encoding (${encodings.join(', ')}), or save it again as UTF-8`,
    { cause },
  )
}

/** The first byte that an encoding does not know, with its place from 1; null when there is none. */
async function firstBroken(
  bytes: Bytes,
  encoding: Encoding,
): Promise<{ offset: number; line: number; byte: number } | null> {
  // A decoder says that something is wrong, and not where: one is ahead by a step, the other then goes byte by byte.
  const ahead = new TextDecoder(encoding, { fatal: true })
  const behind = new TextDecoder(encoding, { fatal: true })
  let offset = 0
  let line = 1
  for await (const chunk of bytes.open())
    for (let at = 0; at < chunk.length; at += decodedAtOnce) {
      const part = chunk.subarray(at, at + decodedAtOnce)
      if (!fails(ahead, part)) {
        fails(behind, part)
        for (const byte of part) if (byte === lineFeed) line++
        offset += part.length
        continue
      }
      for (const byte of part) {
        offset++
        if (fails(behind, Uint8Array.of(byte))) return { offset, line, byte }
        if (byte === lineFeed) line++
      }
    }
  return null
}

const decodedAtOnce = 1_024
const lineFeed = 0x0a

function fails(decoder: TextDecoder, part: Uint8Array): boolean {
  try {
    decoder.decode(part, { stream: true })
    return false
  } catch {
    return true
  }
}

/** The first bytes, enough to know a file by. */
export function headOf(bytes: Bytes): Promise<Uint8Array> {
  return bytes.read(0, 65_536)
}

/**
 * What the first bytes alone prove: a byte-order mark, or the zero bytes that commas, digits and line ends have in
 * UTF-16, always on the same side, and text in bytes never has.
 */
function evidentEncoding(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  let even = 0
  let odd = 0
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  // Some characters have a zero byte of their own on the other side: 一 is U+4E00, the wide space U+3000.
  if (odd > head.length / 50 && odd > even && isUtf16(head, 'utf-16le')) return 'utf-16le'
  return even > head.length / 50 && even > odd && isUtf16(head, 'utf-16be') ? 'utf-16be' : null
}

/** Whether the bytes are a table or JSON in UTF-16: its pairs complete, with separators, without control characters. */
function isUtf16(head: Uint8Array, encoding: Encoding): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(head.subarray(0, head.length & ~1), { stream: true })
    return /[\t\n\r,;|]/.test(text) && !/(?![\t\n\r])\p{Cc}|\ufffe/u.test(text)
  } catch {
    return false
  }
}

/** Length of the text up to its last complete character. */
function completeUtf8(text: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, text.length); back++) {
    const byte = text[text.length - back] ?? 0
    if (byte < 0x80) return text.length
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? text.length - back : text.length
  }
  return text.length
}
