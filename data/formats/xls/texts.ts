/**
 * A text that may go on in the records after its own: each `yield` asks for the bytes of the next one.
 */
export type Continued<Value> = Generator<undefined, Value, Buffer>

/** A place in the bytes of a record, and in those it goes on in. */
export class Cursor {
  bytes: Buffer
  at: number

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  *byte(): Continued<number> {
    while (this.at >= this.bytes.length) this.#go(yield)
    return this.bytes[this.at++] ?? 0
  }

  *uint16(): Continued<number> {
    return (yield* this.byte()) + (yield* this.byte()) * 256
  }

  *uint32(): Continued<number> {
    return (yield* this.uint16()) + (yield* this.uint16()) * 65_536
  }

  *skip(count: number): Continued<void> {
    let left = count
    while (left > this.bytes.length - this.at) {
      left -= this.bytes.length - this.at
      this.#go(yield)
    }
    this.at += left
  }

  /** Characters of one or two bytes; a record in which they go on says again which, in a byte of its own. */
  *characters(count: number, ofTwoBytes: boolean): Continued<string> {
    let text = ''
    let wide = ofTwoBytes
    for (let left = count; left > 0;) {
      if (this.at >= this.bytes.length) {
        this.#go(yield)
        wide = ((yield* this.byte()) & wideFlag) !== 0
      }
      const width = wide ? 2 : 1
      const taken = Math.min(left, Math.floor((this.bytes.length - this.at) / width))
      text += this.bytes.toString(wide ? 'utf16le' : 'latin1', this.at, this.at + taken * width)
      left -= taken
      // Half a character at the end of a record belongs to none.
      this.at = taken === 0 ? this.bytes.length : this.at + taken * width
    }
    return text
  }

  #go(bytes: Buffer): void {
    this.bytes = bytes
    this.at = 0
  }
}

const wideFlag = 1
const phoneticFlag = 4
const richFlag = 8

/** A text of Excel 97 and later ([MS-XLS] 2.5.293), without its formats and its phonetic text. */
export function* readText(cursor: Cursor): Continued<string> {
  const { bytes, at } = cursor
  if (at + 3 <= bytes.length) {
    const flags = bytes[at + 2] ?? 0
    const wide = (flags & wideFlag) !== 0
    const end = at + 3 + bytes.readUInt16LE(at) * (wide ? 2 : 1)
    // Nearly all are plain and lie in one record.
    if ((flags & (phoneticFlag | richFlag)) === 0 && end <= bytes.length) {
      cursor.at = end
      return bytes.toString(wide ? 'utf16le' : 'latin1', at + 3, end)
    }
  }
  const length = yield* cursor.uint16()
  const flags = yield* cursor.byte()
  const runs = (flags & richFlag) === 0 ? 0 : yield* cursor.uint16()
  const phonetic = (flags & phoneticFlag) === 0 ? 0 : yield* cursor.uint32()
  const text = yield* cursor.characters(length, (flags & wideFlag) !== 0)
  yield* cursor.skip(runs * 4 + phonetic)
  return text
}

/** The texts that cells refer to by number; it ends with the last, or is left when the file has no more of it. */
export function* readSharedTexts(cursor: Cursor, add: (text: string) => void): Continued<void> {
  yield* cursor.skip(4)
  const count = yield* cursor.uint32()
  for (let index = 0; index < count; index++) add(yield* readText(cursor))
}

/** The encoding of the texts of Excel 5 and 95, by the code page that the file names; Chinese where it names none. */
export function codePageEncoding(codePage: number): string {
  return codePages[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'gb18030')
}

const codePages: Record<number, string> = {
  437: 'windows-1252',
  850: 'windows-1252',
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  10_000: 'macintosh',
  32_768: 'macintosh',
  32_769: 'windows-1252',
  65_001: 'utf-8',
}
