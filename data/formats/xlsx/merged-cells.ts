import type { Archive, ArchiveEntry } from '../archive/archive.ts'
import { FileProblem } from '../file-problem.ts'
import { limits } from '../source-row.ts'
import type { Merge } from '../tables/table-header.ts'
import { SheetHandler, type CellContext, type SheetRow } from './sheet.ts'
import { readXml } from '../text/xml.ts'

/**
 * The joined cells of a sheet, which its XML lists after the rows: the rows are passed over unread, which takes a
 * fraction of reading them.
 */
export async function readMerges(archive: Archive, entry: ArchiveEntry, context: CellContext): Promise<Merge[]> {
  const handler = new SheetHandler(context)
  for await (const _ of readXml(tailOf(archive.read(entry)), handler, context.file));
  return handler.merges.toSorted((a, b) => a.top - b.top)
}

const rowsEnd = Buffer.from('sheetData>')

/** A document of the sheet's `mergeCells` alone. */
async function* tailOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let tail: Buffer | null = null
  let carried = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (tail !== null) {
      tail = Buffer.concat([tail, chunk])
      // Beyond the joined cells come links, pictures and the like.
      if (tail.length > maximumTail) break
      continue
    }
    const seen = Buffer.concat([carried, chunk])
    const end = closing(seen)
    if (end !== -1) tail = seen.subarray(end)
    carried = seen.subarray(Math.max(0, seen.length - 64))
  }
  const text = tail?.toString('utf8') ?? ''
  const list = /<(?:\w+:)?mergeCells[\s>][\s\S]*?<\/(?:\w+:)?mergeCells>/.exec(text)?.[0] ?? ''
  // The prefix that the list may have was declared at the sheet's root, which is not here; we read past prefixes.
  yield Buffer.from(`<sheet>${list}</sheet>`)
}

/** A hundred thousand joined cells take four megabytes. */
const maximumTail = 8 * 2 ** 20

/** Where the rows end: the position after `</sheetData>` or `</x:sheetData>`. */
function closing(text: Buffer): number {
  for (let at = text.indexOf(rowsEnd); at !== -1; at = text.indexOf(rowsEnd, at + 1)) {
    const before = text.toString('latin1', Math.max(0, at - 40), at)
    if (/<\/(?:\w+:)?$/.test(before)) return at + rowsEnd.length
  }
  return -1
}

/**
 * Gives every row of a joined cell its value: a community that is written once beside twenty cases belongs to all of
 * them.
 */
export class MergeFiller {
  readonly #merges: readonly Merge[]
  #next = 0
  #active: { merge: Merge; value: unknown }[] = []

  /** @param merges those over several rows of the body, by their top */
  constructor(merges: readonly Merge[]) {
    this.#merges = merges.filter(({ top, bottom }) => bottom > top)
  }

  /** @throws FileProblem when joined cells overlap, as none can that a program wrote */
  fill({ line, cells }: SheetRow): void {
    if (this.#active.length > 0) this.#active = this.#active.filter(({ merge }) => merge.bottom >= line)
    for (const { merge, value } of this.#active) {
      if (value === undefined || value === null || (cells[merge.left] ?? null) !== null) continue
      while (cells.length < merge.left) cells.push(null)
      cells[merge.left] = value
    }
    for (
      let merge = this.#merges[this.#next];
      merge !== undefined && merge.top <= line;
      merge = this.#merges[++this.#next]
    )
      if (merge.bottom > line) this.#active.push({ merge, value: merge.top === line ? cells[merge.left] : null })
    if (this.#active.length > limits.columns * 2)
      throw new FileProblem(
        '工作表里的合并单元格互相重叠，文件可能已损坏。请在 Excel 中打开，取消合并后另存',
        'Joined cells of the sheet overlap: the file may be damaged. Open it in Excel, unjoin them and save it anew',
      )
  }
}
