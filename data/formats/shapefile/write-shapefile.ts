import { mkdtemp, open, rm, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Position } from 'geojson'
import { exportDatumNames, exportDatumNotes } from '../../domain/datum.ts'
import { zipStream } from '../archive/zip-stream.ts'
import { boundsOf } from '../geometry/map-positions.ts'
import { asWritten, type WrittenGeometry } from '../geometry/write-wkb.ts'
import { writtenCrs } from '../written-crs.ts'
import {
  explainColumns,
  mostBytesOnDisk,
  refuseLarge,
  type WrittenFile,
  type WrittenRow,
  type WrittenTable,
} from '../written-table.ts'
import { shortNames } from './short-names.ts'
import { DbfWriter } from './write-dbf.ts'

/**
 * A zipped shapefile (ESRI white paper, 1998): `.shp`, `.shx`, `.dbf` in UTF-8 (`.cpg`), `.prj` where the system has a
 * definition, and a text that explains the names of the fields, which have room for ten bytes. A table of areas and
 * points becomes two layers, because a shapefile has one type. Its headers say how long it is, so it is first written
 * into a folder below `temporary`, which is removed.
 *
 * @throws ProblemError `too_large` for one of more than `most` bytes
 */
export async function* writeShapefile(table: WrittenTable, temporary: string, most = mostBytesOnDisk): WrittenFile {
  const folder = await mkdtemp(join(temporary, 'shapefile-'))
  const names = shortNames(table.columns.map(({ label }) => label[table.language]))
  const first = table.shape === 'point' ? 'point' : 'area'
  const layers = [await Layer.create(folder, table.name, first, names, table)]
  try {
    if (table.shape === 'mixed') layers.push(await Layer.create(folder, `${table.name}_points`, 'point', names, table))
    let count = 0
    for await (const batch of table.rows) {
      for (const layer of layers) await layer.add(batch.filter((row) => layerOf(row, layers) === layer))
      count += batch.length
      for (const { bytes } of layers) refuseLarge(bytes, most)
    }
    for (const layer of layers) await layer.finish()
    const used = layers.filter((layer, index) => index === 0 || layer.records > 0)
    const text = join(folder, 'fields.txt')
    await writeFile(
      text,
      await explanation(
        table,
        names,
        used.reduce((sum, { cut }) => sum + cut, 0),
        count,
      ),
    )
    yield* zipStream([
      ...used.flatMap(({ files }) => files),
      { name: table.language === 'zh' ? '字段说明.txt' : 'fields.txt', path: text },
    ])
  } finally {
    for (const layer of layers) await layer.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Rows without geometry are in the first layer, as null shapes. */
function layerOf({ geometry }: WrittenRow, layers: readonly Layer[]): Layer | undefined {
  return (geometry?.type === 'Point' ? layers.find(({ shape }) => shape === 'point') : undefined) ?? layers[0]
}

const shapeCodes = { point: 1, area: 5 } as const

class Layer {
  readonly shape: 'point' | 'area'
  readonly #name: string
  readonly #path: (extension: string) => string
  readonly #handles: Record<'shp' | 'shx' | 'dbf', FileHandle>
  readonly #dbf: DbfWriter
  readonly #table: WrittenTable
  readonly #box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  /** Of the `.shp`, in bytes. */
  #length = 100
  records = 0

  static async create(
    folder: string,
    name: string,
    shape: 'point' | 'area',
    names: readonly string[],
    table: WrittenTable,
  ) {
    const path = (extension: string) => join(folder, `${name}.${extension}`)
    const [shp, shx, dbf] = await Promise.all(['shp', 'shx', 'dbf'].map((extension) => open(path(extension), 'w')))
    const layer = new Layer(name, shape, path, { shp: shp!, shx: shx!, dbf: dbf! }, names, table)
    await Promise.all([shp!.write(Buffer.alloc(100)), shx!.write(Buffer.alloc(100))])
    await dbf!.write(layer.#dbf.header(0, new Date(0)))
    return layer
  }

  private constructor(
    name: string,
    shape: 'point' | 'area',
    path: (extension: string) => string,
    handles: Record<'shp' | 'shx' | 'dbf', FileHandle>,
    names: readonly string[],
    table: WrittenTable,
  ) {
    this.#name = name
    this.shape = shape
    this.#path = path
    this.#handles = handles
    this.#table = table
    this.#dbf = new DbfWriter(names, table.columns)
  }

  /** Of the larger of its files. */
  get bytes(): number {
    return Math.max(this.#length, this.records * this.#dbf.recordLength)
  }

  get cut(): number {
    return this.#dbf.cut
  }

  get files(): { name: string; path: string }[] {
    const crs = writtenCrs[this.#table.datum]
    const extensions = ['shp', 'shx', 'dbf', 'cpg', ...(crs === null ? [] : ['prj'])]
    return extensions.map((extension) => ({ name: `${this.#name}.${extension}`, path: this.#path(extension) }))
  }

  async add(rows: readonly WrittenRow[]): Promise<void> {
    if (rows.length === 0) return
    const shapes: Buffer[] = []
    const index: Buffer[] = []
    for (const { geometry } of rows) {
      const content = shapeBytes(geometry === null ? null : asWritten(geometry))
      if (geometry !== null && geometry.type !== 'GeometryCollection') this.#widen(boundsOf(geometry))
      this.records += 1
      const header = Buffer.alloc(8)
      header.writeInt32BE(this.records, 0)
      header.writeInt32BE(content.length / 2, 4)
      const entry = Buffer.alloc(8)
      entry.writeInt32BE(this.#length / 2, 0)
      entry.writeInt32BE(content.length / 2, 4)
      this.#length += 8 + content.length
      shapes.push(header, content)
      index.push(entry)
    }
    const { shp, shx, dbf } = this.#handles
    await Promise.all([
      shp.write(Buffer.concat(shapes)),
      shx.write(Buffer.concat(index)),
      dbf.write(Buffer.concat(rows.map(({ values }) => this.#dbf.record(values)))),
    ])
  }

  #widen([west, south, east, north]: [number, number, number, number]): void {
    const [w, s, e, n] = this.#box
    Object.assign(this.#box, [Math.min(w, west), Math.min(s, south), Math.max(e, east), Math.max(n, north)])
  }

  async finish(): Promise<void> {
    const { shp, shx, dbf } = this.#handles
    await shp.write(this.#header(this.#length), 0, 100, 0)
    await shx.write(this.#header(100 + 8 * this.records), 0, 100, 0)
    await dbf.write(Buffer.from([0x1a]))
    const header = this.#dbf.header(this.records, new Date())
    await dbf.write(header, 0, header.length, 0)
    await this.close()
    const crs = writtenCrs[this.#table.datum]
    await writeFile(this.#path('cpg'), 'UTF-8')
    if (crs !== null) await writeFile(this.#path('prj'), crs.esriWkt)
  }

  #header(length: number): Buffer {
    const header = Buffer.alloc(100)
    header.writeInt32BE(9994, 0)
    header.writeInt32BE(length / 2, 24)
    header.writeInt32LE(1000, 28)
    header.writeInt32LE(shapeCodes[this.shape], 32)
    this.#box.forEach((value, index) => header.writeDoubleLE(Number.isFinite(value) ? value : 0, 36 + 8 * index))
    return header
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#handles).map((handle) => handle.close().catch(() => {})))
  }
}

/** The content of a record; null shapes have a type alone. */
function shapeBytes(geometry: WrittenGeometry | null): Buffer {
  if (geometry === null) return Buffer.alloc(4)
  if (geometry.type === 'Point') {
    const content = Buffer.alloc(20)
    content.writeInt32LE(shapeCodes.point, 0)
    geometry.coordinates.slice(0, 2).forEach((ordinate, index) => content.writeDoubleLE(ordinate, 4 + 8 * index))
    return content
  }
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const rings = polygons.flatMap((polygon) => polygon.map((ring, index) => wound(ring, index === 0)))
  const points = rings.flat()
  const content = Buffer.alloc(44 + 4 * rings.length + 16 * points.length)
  content.writeInt32LE(shapeCodes.area, 0)
  boundsOf(geometry).forEach((value, index) => content.writeDoubleLE(value, 4 + 8 * index))
  content.writeInt32LE(rings.length, 36)
  content.writeInt32LE(points.length, 40)
  let start = 0
  rings.forEach((ring, index) => {
    content.writeInt32LE(start, 44 + 4 * index)
    start += ring.length
  })
  points.forEach(([x = 0, y = 0], index) => {
    const at = content.writeDoubleLE(x, 44 + 4 * rings.length + 16 * index)
    content.writeDoubleLE(y, at)
  })
  return content
}

/** Outer rings run clockwise, holes against it: the other way round than in GeoJSON. */
function wound(ring: Position[], isOuter: boolean): Position[] {
  let doubled = 0
  ring.forEach(([x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? []
    doubled += x * nextY - nextX * y
  })
  return doubled > 0 === isOuter ? ring.toReversed() : ring
}

async function explanation(table: WrittenTable, names: readonly string[], cut: number, count: number): Promise<string> {
  const { language, datum } = table
  const zh = language === 'zh'
  const fields = explainColumns(table).map(
    ([label = '', meaning = '', kind = '', unit = '', source = ''], index) =>
      `${names[index] ?? ''} = ${label}${zh ? '：' : ': '}${meaning}${zh ? `（${kind}；单位 ${unit}；来源 ${source}）` : ` (${kind}; unit ${unit}; source ${source})`}`,
  )
  const about = (await table.about(count)).map(([name, value]) => `${name}${zh ? '：' : ': '}${value}`)
  const notes = [
    zh ? `坐标：${exportDatumNotes[datum].zh}` : `Coordinates: ${exportDatumNotes[datum].en}`,
    ...(writtenCrs[datum] === null
      ? [
          zh
            ? `${exportDatumNames[datum]} 没有 EPSG 编号，因此没有 .prj 文件`
            : `${exportDatumNames[datum]} has no EPSG code: there is no .prj file`,
        ]
      : []),
    ...(cut === 0
      ? []
      : [zh ? `${cut} 个文本超出字段长度，已截断` : `${cut} texts were cut to the length of their fields`]),
  ]
  return `\uFEFF${[...about, ...notes, '', ...fields].join('\r\n')}\r\n`
}
