import { TextDecoder } from 'node:util'
import { askCrs, provenBy, proveCrs, type Pair } from '../../geo/prove-crs.ts'
import { readPrj } from '../../geo/read-prj.ts'
import { chooseLayer } from '../choose-layer.ts'
import { dbfEncoding, numberedName, wholeUtf8, readDbfHeader, readDbfRecord, type DbfHeader } from './dbf.ts'
import { FileProblem } from '../file-problem.ts'
import { SequentialBytes, viewOf } from '../sequential-bytes.ts'
import { findShapefiles, type FilePart, type ShapefileParts } from './shapefile-parts.ts'
import { readShape } from './shp-geometry.ts'
import { RowNotes, limits, type Bytes, type FileChoices, type RowSource, type SourceRow } from '../source-row.ts'

/**
 * An ESRI Shapefile (white paper of July 1998): loose, with its siblings beside it, or in an archive. Shapes and table
 * are read side by side, one record of each at a time.
 *
 * @throws FileProblem when a part is missing, cut off or contradicts the others, or nothing says the table's encoding
 */
export async function readShapefile(bytes: Bytes, choices: FileChoices): Promise<RowSource> {
  const layers = await findShapefiles(bytes)
  const { layer: parts, questions } = chooseLayer(layers, choices.layer, bytes.name)
  const { dbf } = parts
  if (dbf === null) throw lacksTable(parts.name)
  const header = await headerOf(dbf)
  if (header.headerLength + header.records * header.recordLength > dbf.size) throw cutOff(dbf.name)
  const { encoding, note } = await dbfEncoding(dbf, header, parts.cpg, choices.encoding)
  const decode = cellDecoder(encoding)
  const notes = new RowNotes(note === null ? [] : [note])
  const system = await systemOf(parts, notes)
  return {
    format: 'shapefile',
    columns: distinct(header.fields.map((field) => nameOf(field.name, decode))),
    crs: system.crs,
    questions: [...questions, ...system.questions],
    layers: layers.map(({ name }) => ({ name, rows: name === parts.name ? header.records : null, hidden: false })),
    notes: notes.list,
    batches: readRows(parts.shp, dbf, header, decode, notes),
  }
}

async function headerOf(dbf: FilePart): Promise<DbfHeader> {
  const bytes = new SequentialBytes(dbf.open())
  try {
    return await readDbfHeader(bytes, dbf.name)
  } finally {
    await bytes.close()
  }
}

async function systemOf({ prj, shp }: ShapefileParts, notes: RowNotes) {
  if (prj !== null && prj.trim() !== '') {
    const reading = await readPrj(prj)
    return 'crs' in reading
      ? { crs: reading.crs, questions: [] }
      : { crs: null, questions: [{ about: 'crs' as const, label: reading.fault }] }
  }
  if (shp === null) return { crs: null, questions: [] }
  const proof = proveCrs(await cornersOf(shp))
  if (proof.kind === 'proven') {
    notes.add(provenBy(proof.crs))
    return { crs: proof.crs, questions: [] }
  }
  const question = askCrs(proof)
  if (question === null) return { crs: null, questions: [] }
  const { zh, en } = question
  const label = { zh: `Shapefile 没有 .prj 文件。${zh}`, en: `The Shapefile has no .prj. ${en}` }
  return { crs: null, questions: [{ about: 'crs' as const, label }] }
}

/** The corners of the layer, as its header has them. */
async function cornersOf(shp: FilePart): Promise<Pair[]> {
  const bytes = new SequentialBytes(shp.open())
  try {
    if (!(await bytes.fill(100))) return []
    const view = viewOf(bytes.take(100))
    const [west, south, east, north] = [36, 44, 52, 60].map((at) => view.getFloat64(at, true))
    return [
      [west ?? 0, south ?? 0],
      [east ?? 0, north ?? 0],
    ]
  } finally {
    await bytes.close()
  }
}

async function* readRows(
  shp: FilePart | null,
  dbf: FilePart,
  header: DbfHeader,
  decode: Decode,
  notes: RowNotes,
): AsyncGenerator<SourceRow[]> {
  const table = new SequentialBytes(dbf.open())
  const shapes = shp === null ? null : new ShapeRecords(shp)
  try {
    await table.skip(header.headerLength)
    await shapes?.begin()
    let batch: SourceRow[] = []
    for (let ordinal = 1; ordinal <= header.records; ordinal++) {
      if (!(await table.fill(header.recordLength))) throw cutOff(dbf.name)
      const shape = shapes === null ? { geometry: undefined, dropped: null } : await shapes.next(ordinal)
      const cells = readDbfRecord(table.take(header.recordLength), header.fields, decode)
      if (cells === null) {
        notes.count(deleted)
        continue
      }
      const fault = 'fault' in shape ? shape.fault : null
      const geometry = 'fault' in shape ? null : shape.geometry
      if (!('fault' in shape)) {
        if (shape.dropped !== null) notes.count(flattened)
        if (geometry === null) notes.count(empty)
      }
      batch.push({ ordinal, line: ordinal, cells, geometry, id: null, raw: null, fault })
      if (batch.length === 256) {
        yield batch
        batch = []
      }
    }
    await shapes?.end(header.records)
    if (batch.length > 0) yield batch
  } finally {
    await table.close()
    await shapes?.close()
  }
}

type Decode = (bytes: Uint8Array) => string

const deleted = { zh: '条记录在属性表里已标为删除，跳过', en: 'records marked as deleted in the table, skipped' }
const flattened = {
  zh: '个图形带高程（Z）或测量值（M），已略去',
  en: 'shapes with heights (Z) or measures (M), which were left out',
}
const empty = { zh: '条记录没有图形', en: 'records without a shape' }

/** The records of a `.shp`, in their order. */
class ShapeRecords {
  readonly #bytes: SequentialBytes
  readonly #part: FilePart

  constructor(part: FilePart) {
    this.#part = part
    this.#bytes = new SequentialBytes(part.open())
  }

  async begin(): Promise<void> {
    if (!(await this.#bytes.fill(100))) throw cutOff(this.#part.name)
    const view = viewOf(this.#bytes.take(100))
    if (view.getInt32(0) !== 9994)
      throw new FileProblem(`“${this.#part.name}”不是 .shp 文件`, `“${this.#part.name}” is no .shp file`)
    if (view.getInt32(24) * 2 > this.#part.size) throw cutOff(this.#part.name)
  }

  async next(ordinal: number) {
    if (!(await this.#bytes.fill(8))) throw this.#fewer(ordinal)
    const header = viewOf(this.#bytes.take(8))
    const length = header.getInt32(4) * 2
    if (length < 0 || length > limits.feature) throw this.#broken(ordinal)
    if (!(await this.#bytes.fill(length))) throw cutOff(this.#part.name)
    return readShape(this.#bytes.take(length))
  }

  async end(records: number): Promise<void> {
    if (await this.#bytes.fill(9))
      throw new FileProblem(
        `“${this.#part.name}”的图形比属性表的 ${records} 条记录多：两个文件不是一套。请重新导出`,
        `“${this.#part.name}” has more shapes than the ${records} records of its table: the two do not belong together. Export them again`,
      )
  }

  close(): Promise<void> {
    return this.#bytes.close()
  }

  #fewer(ordinal: number): FileProblem {
    return new FileProblem(
      `“${this.#part.name}”只有 ${ordinal - 1} 个图形，少于属性表的记录数：文件不完整，或两个文件不是一套`,
      `“${this.#part.name}” has only ${ordinal - 1} shapes, fewer than its table has records: it is incomplete, or the two do not belong together`,
    )
  }

  #broken(ordinal: number): FileProblem {
    return new FileProblem(
      `“${this.#part.name}”第 ${ordinal} 个图形的长度不合理：文件已损坏。请重新导出`,
      `Shape ${ordinal} of “${this.#part.name}” has an impossible length: the file is damaged. Export it again`,
    )
  }
}

/** Text of a cell or a name, without what a field's width cut in half. */
function cellDecoder(encoding: string): Decode {
  const decoder = new TextDecoder(encoding)
  return (bytes) => {
    const text = decoder.decode(encoding === 'utf-8' ? wholeUtf8(bytes) : bytes)
    return encoding === 'utf-8' ? text : text.replace(/\uFFFD$/, '')
  }
}

/** A column's name. Where two became equal, GDAL cuts one shorter still, wherever that is, and numbers it. */
function nameOf(bytes: Uint8Array, decode: Decode): string {
  const { stem, number } = numberedName(bytes)
  return decode(stem) + number
}

/** Names cut to ten bytes can become equal. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name, index) => {
    const plain = name === '' ? `column${index + 1}` : name
    const times = (seen.get(plain) ?? 0) + 1
    seen.set(plain, times)
    return times === 1 ? plain : `${plain}_${times}`
  })
}

function lacksTable(name: string): FileProblem {
  return new FileProblem(
    `Shapefile“${name}”缺少属性表（.dbf）。请把 .shp、.dbf、.shx、.prj、.cpg 放在同一文件夹，或打包成一个 zip 再导入`,
    `The Shapefile “${name}” lacks its table (.dbf). Keep .shp, .dbf, .shx, .prj and .cpg in one folder, or pack them into one zip`,
  )
}

function cutOff(name: string): FileProblem {
  return new FileProblem(
    `“${name}”不完整：文件在中途结束。请重新复制或导出`,
    `“${name}” is incomplete: it ends in the middle. Copy or export it again`,
  )
}
