import type { Archive, ArchiveEntry } from '../archive/archive.ts'
import { FileProblem } from '../file-problem.ts'
import { readXml, type XmlHandler } from '../text/xml.ts'
import { builtInKind, kindOfFormat, type NumberKind } from '../spreadsheet/number-format.ts'
import { SharedStrings } from '../spreadsheet/shared-strings.ts'
import { maximumSheets, type Sheet } from '../spreadsheet/workbook.ts'

export type SheetPart = Sheet & { entry: ArchiveEntry }

/** What a workbook says of itself, before any sheet is read. */
type WorkbookPart = {
  sheets: readonly SheetPart[]
  /** Days are counted from 1904, as Excel on old Macs did. */
  since1904: boolean
  /** Number kinds by a cell's style. */
  styles: readonly NumberKind[]
  strings: ArchiveEntry | null
}

/** The most styles that Excel keeps is 65,490. */
const maximumStyles = 100_000

/** @throws FileProblem when the archive is no workbook or a part of it is broken */
export async function readWorkbook(archive: Archive, file: string): Promise<WorkbookPart> {
  const main = await mainPart(archive, file)
  const folder = main.name.includes('/') ? main.name.slice(0, main.name.lastIndexOf('/') + 1) : ''
  const base = main.name.slice(folder.length)
  const links = archive.find(`${folder}_rels/${base}.rels`)
  const parts = links === null ? [] : await relationships(archive, links, file)
  const part = (type: string) => parts.find((link) => link.type.endsWith(`/${type}`))
  const resolve = (target: string) => archive.find(target.startsWith('/') ? target.slice(1) : folder + target)
  // A sheet of charts or dialogs has no table.
  const byId = new Map(parts.filter(({ type }) => type.endsWith('/worksheet')).map(({ id, target }) => [id, target]))
  const workbook = { sheets: [] as SheetPart[], since1904: false }
  await scan(archive, main, file, (name, attributes) => {
    if (name === 'workbookPr') workbook.since1904 = isTrue(attributes['date1904'])
    if (name !== 'sheet' || workbook.sheets.length >= maximumSheets) return
    const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? ''
    const entry = resolve(byId.get(id) ?? '')
    if (entry === null) return
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

/** The texts that cells refer to by number. @throws FileProblem when they are more than memory should hold */
export async function readSharedStrings(
  archive: Archive,
  entry: ArchiveEntry | null,
  file: string,
): Promise<SharedStrings> {
  const strings = new SharedStrings()
  if (entry === null) return strings
  const collector = new TextCollector()
  const handler = {
    open: (name: string) => collector.open(name),
    text: (text: string) => collector.text(text),
    close: (name: string) => {
      collector.close(name)
      if (name === 'si') strings.add(collector.take(), file)
    },
  }
  for await (const _ of readXml(archive.read(entry), handler, file));
  return strings
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
