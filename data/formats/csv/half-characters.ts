import type { Label } from '../../domain/label.ts'
import type { Encoding } from '../text/encoding.ts'

/**
 * Finds cells in which an export cut a character in half, by bytes.
 *
 * What the decoder cannot read is U+FFFD. But in GBK and Big5 a first half makes a character of whatever byte of 0x40
 * and above comes next, `|` and `^` among them: then the delimiter is gone, and the cells after it would stand one
 * column too far left in silence.
 */
export class HalfCharacters {
  readonly #delimiter: string
  readonly #swallowing: RegExp | null

  constructor(encoding: Encoding, delimiter: string) {
    this.#delimiter = delimiter
    this.#swallowing = swallowing(encoding, delimiter.charCodeAt(0))
  }

  /** @param width how many cells the row should have */
  faultOf(cells: readonly string[], width: number): Label | null {
    const broken = cells.find((cell) => cell.includes('\uFFFD'))
    if (broken !== undefined) return half(excerpt(broken))
    if (cells.length >= width || this.#swallowing === null) return null
    const joined = cells.find((cell) => this.#swallowing?.test(cell))
    return joined === undefined ? null : swallowed(excerpt(joined), this.#delimiter)
  }
}

/** The characters whose second byte is the delimiter's; null where there are none. */
function swallowing(encoding: Encoding, delimiter: number): RegExp | null {
  if ((encoding !== 'gb18030' && encoding !== 'big5') || delimiter < 0x40 || delimiter > 0x7e) return null
  const decoder = new TextDecoder(encoding)
  const characters = Array.from({ length: 126 }, (_, lead) => decoder.decode(Uint8Array.of(0x81 + lead, delimiter)))
  return new RegExp(`[${characters.filter((text) => text.length === 1 && text > '\u007f').join('')}]`, 'u')
}

function half(cell: string): Label {
  return {
    zh: `“${cell}”里有不完整的汉字：导出时可能被截断。请补全后再导入`,
    en: `“${cell}” holds half a character, perhaps cut off by the export. Complete it and import the row again`,
  }
}

function swallowed(cell: string, delimiter: string): Label {
  return {
    zh: `“${cell}”里可能有被截断的汉字，把后面的分隔符“${delimiter}”连成了另一个字，这一行因此少了单元格。请改正后再导入`,
    en: `“${cell}” may hold half a character that made another one of the delimiter “${delimiter}” after it, so that the row lacks a cell. Correct it and import the row again`,
  }
}

function excerpt(cell: string): string {
  return cell.length <= 40 ? cell : `…${cell.slice(-40).toWellFormed()}`
}
