import ranges from '@fontsource/noto-sans-sc/unicode.json'
import type { PDFDocument, PDFFont } from '@cantoo/pdf-lib'
import type { FontWeight } from './drawing.ts'

/** Paths of the font's files, all of them and not their contents: the few that a page needs are fetched. */
const files = import.meta.glob<string>(
  [
    '../../node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-*-400-normal.woff',
    '../../node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-*-600-normal.woff',
  ],
  { query: '?url', import: 'default', eager: true },
)

const weights: Record<FontWeight, 400 | 600> = { plain: 400, strong: 600 }

/** The file with the characters of everyday Chinese; what it lacks is in numbered files by ranges of characters. */
const common = 'chinese-simplified'

type Part = { file: string; from: number; to: number }
const parts: Part[] = Object.entries(ranges as Record<string, string>).flatMap(([name, list]) => {
  const file = /^\[(\d+)\]$/.exec(name)?.[1]
  if (file === undefined) return []
  return list.split(',').map((range) => {
    const [from = 0, to = from] = range
      .replace('U+', '')
      .split('-')
      .map((hex) => Number.parseInt(hex, 16))
    return { file, from, to }
  })
})

export type TextRun = { font: PDFFont; text: string }

/** The fonts of one document, embedded as the characters that are used of them. */
export class PdfFonts {
  readonly #document: PDFDocument
  readonly #fetchFile: (path: string) => Promise<ArrayBuffer>
  readonly #fonts = new Map<string, { font: PDFFont; has: ReadonlySet<number> }>()

  constructor(document: PDFDocument, fetchFile: (path: string) => Promise<ArrayBuffer>) {
    this.#document = document
    this.#fetchFile = fetchFile
  }

  /** Fetches what a text needs. */
  async prepare(text: string, weight: FontWeight): Promise<void> {
    const everyday = await this.#load(common, weight)
    for (const character of text) {
      const code = character.codePointAt(0)!
      if (everyday.has.has(code)) continue
      const part = partOf(code)
      if (part !== undefined) await this.#load(part, weight)
    }
  }

  /** A prepared text in pieces of one font each; a character that no font has is an empty box. */
  runs(text: string, weight: FontWeight): TextRun[] {
    const runs: TextRun[] = []
    for (const character of text) {
      const font = this.#fontOf(character.codePointAt(0)!, weight)
      const last = runs.at(-1)
      if (last?.font === font) last.text += character
      else runs.push({ font, text: character })
    }
    return runs
  }

  #fontOf(code: number, weight: FontWeight): PDFFont {
    const first = this.#fonts.get(key(common, weight))
    if (first === undefined) throw new Error(`no font of weight ${weight} has been prepared`)
    const part = first.has.has(code) ? undefined : partOf(code)
    return (part === undefined ? first : (this.#fonts.get(key(part, weight)) ?? first)).font
  }

  async #load(file: string, weight: FontWeight) {
    const known = this.#fonts.get(key(file, weight))
    if (known !== undefined) return known
    const name = `noto-sans-sc-${file}-${weights[weight]}-normal.woff`
    const path = Object.entries(files).find(([source]) => source.endsWith(`/${name}`))?.[1]
    if (path === undefined) throw new Error(`the app has no font file ${name}`)
    const font = await this.#document.embedFont(await this.#fetchFile(path), { subset: true })
    const loaded = { font, has: new Set(font.getCharacterSet()) }
    this.#fonts.set(key(file, weight), loaded)
    return loaded
  }
}

function key(file: string, weight: FontWeight): string {
  return `${file} ${weight}`
}

function partOf(code: number): string | undefined {
  return parts.find(({ from, to }) => code >= from && code <= to)?.file
}
