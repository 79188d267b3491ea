import type { Archive, ArchiveEntry } from '../archive/archive.ts'
import { FileProblem } from '../file-problem.ts'
import { readXml, type XmlHandler } from '../text/xml.ts'
import { builtInKind, kindOfFormat, type NumberKind } from './number-format.ts'

export type Sheet = { name: string; hidden: boolean; entry: ArchiveEntry }

/** What a workbook says of itself, before any sheet is read. */
type Workbook = {
  sheets: readonly Sheet[]
  /** Days are counted from 1904, as Excel on old Macs did. */
  since1904: boolean
  /** Number kinds by a cell's style. */
  styles: readonly NumberKind[]
  strings: ArchiveEntry | null
}

/** The most styles that Excel keeps is 65,490. */
const maximumStyles = 100_000

/** @throws FileProblem when the archive is no workbook or a part of it is broken */
export async function readWorkbook(archive: Archive, file: string): Promise<Workbook> {
  const main = await mainPart(archive, file)
  const folder = main.name.includes('/') ? main.name.slice(0, main.name.lastIndexOf('/') + 1) : ''
  const base = main.name.slice(folder.length)
  const links = archive.find(`${folder}_rels/${base}.rels`)
  const parts = links === null ? [] : await relationships(archive, links, file)
  const part = (type: string) => parts.find((link) => link.type.endsWith(`/${type}`))
  const resolve = (target: string) => archive.find(target.startsWith('/') ? target.slice(1) : folder + target)
  const byId = new Map(parts.map(({ id, target }) => [id, target]))
  const workbook = { sheets: [] as Sheet[], since1904: false }
  await scan(archive, main, file, (name, attributes) => {
    if (name === 'workbookPr') workbook.since1904 = isTrue(attributes['date1904'])
    if (name !== 'sheet' || workbook.sheets.length >= 1000) return
    const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? ''
    // A sheet of charts or dialogs has no table.
    const entry = resolve(byId.get(id) ?? '')
    if (entry === null || !/worksheets?\//i.test(entry.name)) return
    const hidden = attributes['state'] === 'hidden' || attributes['state'] === 'veryHidden'
    workbook.sheets.push({ name: attributes['name'] ?? '', hidden, entry })
  })
  const styles = resolve(part('styles')?.target ?? 'styles.xml')
  return {
    ...workbook,
    styles: styles === null ? [] : await readStyles(archive, styles, file),
    strings: resolve(part('sharedStrings')?.target ?? 'sharedStrings.xml'),
  }
}

async function mainPart(archive: Archive, file: string): Promise<ArchiveEntry> {
  const root = archive.find('_rels/.rels')
  const links = root === null ? [] : await relationships(archive, root, file)
  const target = links.find(({ type }) => type.endsWith('/officeDocument'))?.target.replace(/^\//, '')
  const main = archive.find(target ?? 'xl/workbook.xml')
  if (main !== null && !main.name.endsWith('.bin')) return main
  throw new FileProblem(
    `“${file}”不是 Excel 工作簿（.xlsx）${main === null ? '' : '，而是二进制工作簿（.xlsb）'}。请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后再导入`,
    `“${file}” is no Excel workbook (.xlsx)${main === null ? '' : ', but a binary one (.xlsb)'}. Open it in Excel or WPS, save it as “Excel Workbook (.xlsx)” and import that`,
  )
}

async function relationships(archive: Archive, entry: ArchiveEntry, file: string) {
  const links: { id: string; type: string; target: string }[] = []
  await scan(archive, entry, file, (name, { Id: id = '', Type: type = '', Target: target = '' }) => {
    if (name === 'Relationship' && links.length < 10_000) links.push({ id, type, target })
  })
  return links
}

async function readStyles(archive: Archive, entry: ArchiveEntry, file: string): Promise<NumberKind[]> {
  const formats = new Map<number, NumberKind>()
  const styles: NumberKind[] = []
  let inCells = false
  const open: XmlHandler['open'] = (name, attributes) => {
    if (name === 'numFmt' && formats.size < maximumStyles)
      formats.set(Number(attributes['numFmtId']), kindOfFormat(attributes['formatCode'] ?? ''))
    else if (name === 'cellXfs') inCells = true
    else if (name === 'xf' && inCells && styles.length < maximumStyles) {
      const id = Number(attributes['numFmtId'] ?? 0)
      styles.push(formats.get(id) ?? builtInKind(id) ?? 'number')
    }
  }
  await scan(archive, entry, file, open, (name) => {
    if (name === 'cellXfs') inCells = false
  })
  return styles
}

async function scan(
  archive: Archive,
  entry: ArchiveEntry,
  file: string,
  open: NonNullable<XmlHandler['open']>,
  close?: XmlHandler['close'],
): Promise<void> {
  for await (const _ of readXml(archive.read(entry), close === undefined ? { open } : { open, close }, file));
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}

/** Text that a workbook may hold in common: a million cells of forty Chinese characters. */
const maximumBytes = 128 * 2 ** 20
const maximumCount = 4_000_000

/**
 * The texts that cells refer to by number, packed as UTF-8 outside the JavaScript heap: as strings, those of a large
 * ledger would take several times their size.
 */
export class SharedStrings {
  #buffer = Buffer.alloc(1 << 16)
  #ends = new Uint32Array(1 << 12)
  #count = 0
  #size = 0
  #recent = new Map<number, string>()

  static async read(archive: Archive, entry: ArchiveEntry | null, file: string): Promise<SharedStrings> {
    const strings = new SharedStrings()
    if (entry === null) return strings
    const collector = new TextCollector()
    const handler = {
      open: (name: string) => collector.open(name),
      text: (text: string) => collector.text(text),
      close: (name: string) => {
        collector.close(name)
        if (name === 'si') strings.#add(collector.take(), file)
      },
    }
    for await (const _ of readXml(archive.read(entry), handler, file));
    return strings
  }

  /** The text of that number; undefined when there is none. */
  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined
    let text = this.#recent.get(index)
    if (text === undefined) {
      text = this.#buffer.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index])
      // Names of types and areas come again in every row.
      if (this.#recent.size >= 5_000) this.#recent.clear()
      this.#recent.set(index, text)
    }
    return text
  }

  #add(text: string, file: string): void {
    const length = Buffer.byteLength(text)
    if (this.#size + length > maximumBytes || this.#count >= maximumCount)
      throw new FileProblem(
        `“${file}”里的文字太多（超过 ${maximumBytes / 2 ** 20} MiB 或 ${maximumCount / 10_000} 万条），无法读取。请另存为“CSV UTF-8”后导入`,
        `“${file}” holds too much text (more than ${maximumBytes / 2 ** 20} MiB or ${maximumCount / 1e6} million entries). Save it as “CSV UTF-8” and import that`,
      )
    if (this.#size + length > this.#buffer.length) {
      const larger = Buffer.alloc(Math.max(this.#buffer.length * 2, this.#size + length))
      this.#buffer.copy(larger, 0, 0, this.#size)
      this.#buffer = larger
    }
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(this.#count * 2)
      larger.set(this.#ends)
      this.#ends = larger
    }
    this.#size += this.#buffer.write(text, this.#size)
    this.#ends[this.#count++] = this.#size
  }
}

/** Gathers the text of `<t>` elements, in runs or not, without phonetic text. */
export class TextCollector {
  #text = ''
  #inText = false
  #phonetic = 0

  open(name: string): void {
    if (name === 'rPh') this.#phonetic++
    this.#inText = name === 't' && this.#phonetic === 0
  }

  text(text: string): void {
    if (this.#inText) this.#text += text
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic--
    if (name === 't') this.#inText = false
  }

  /** What has been gathered since the last time; `_x000D_` is how Excel writes characters that XML cannot. */
  take(): string {
    const text = this.#text
    this.#text = ''
    if (!text.includes('_x')) return text
    return text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
}
