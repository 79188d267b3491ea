import { stat } from 'node:fs/promises'
import { askCrs, provenBy, proveCrs, type Pair } from '../../geo/prove-crs.ts'
import { parseCrs } from '../../geo/crs.ts'
import { readPrj } from '../../geo/read-prj.ts'
import { chooseLayer } from '../choose-layer.ts'
import { FileProblem } from '../file-problem.ts'
import { readWkb, type WkbReading } from '../geometry/wkb.ts'
import { RowNotes, type Bytes, type FileChoices, type Question, type RowSource, type SourceRow } from '../source-row.ts'
import { GeoPackageFile, type GpkgLayer, type SqlValue } from './gpkg-file.ts'

/**
 * A layer of a GeoPackage (OGC 12-128r18), row by row.
 *
 * @throws FileProblem when it is no GeoPackage, is damaged, or has no layer of the name that was asked for
 */
export async function readGeopackage(bytes: Bytes, choices: FileChoices): Promise<RowSource> {
  if (bytes.path === null)
    throw new FileProblem(
      `GeoPackage“${bytes.name}”只能作为单独的文件读取，请从压缩包里取出`,
      `The GeoPackage “${bytes.name}” can only be read as a file of its own: take it out of the archive`,
    )
  const file = new GeoPackageFile(bytes.path, bytes.name)
  try {
    const layers = file.layers()
    const { layer, questions } = chooseLayer(layers, choices.layer, bytes.name)
    const notes = new RowNotes()
    // Byte 19 of a SQLite file: 2 where it is written through a log beside it (sqlite.org/fileformat2.html).
    if ((await bytes.read(19, 1))[0] === 2) {
      const log = await stat(`${bytes.path}-wal`).catch(() => null)
      if (log !== null && log.size > 0) throw unfinished(bytes.name)
      notes.add(mayBeOpen)
    }
    const system = await systemOf(file, layer, notes)
    return {
      format: 'geopackage',
      columns: layer.columns,
      crs: system.crs,
      questions: [...questions, ...system.questions],
      layers: layers.map(({ name, rows }) => ({ name, rows, hidden: false })),
      notes: notes.list,
      batches: readRows(file, layer, notes),
    }
  } catch (error) {
    file.close()
    throw error
  }
}

async function systemOf(
  file: GeoPackageFile,
  layer: GpkgLayer,
  notes: RowNotes,
): Promise<{ crs: string | null; questions: Question[] }> {
  if (layer.geometry === null) return { crs: null, questions: [] }
  const { organization, code, definition } = file.system(layer.srs)
  const named = organization.toUpperCase() === 'EPSG' ? parseCrs(`EPSG:${code}`) : null
  if (named !== null) return { crs: named, questions: [] }
  if (layer.srs > 0) {
    const reading = await readPrj(definition)
    if ('crs' in reading) return { crs: reading.crs, questions: [] }
    return { crs: null, questions: [{ about: 'crs', label: reading.fault }] }
  }
  // -1 and 0 are “undefined”, cartesian and geographic.
  const corners: Pair[] =
    layer.extent === null
      ? []
      : [
          [layer.extent[0], layer.extent[1]],
          [layer.extent[2], layer.extent[3]],
        ]
  const proof = proveCrs(corners)
  if (proof.kind === 'proven') {
    notes.add(provenBy(proof.crs))
    return { crs: proof.crs, questions: [] }
  }
  const label = askCrs(proof)
  return { crs: null, questions: label === null ? [] : [{ about: 'crs', label }] }
}

async function* readRows(file: GeoPackageFile, layer: GpkgLayer, notes: RowNotes): AsyncGenerator<SourceRow[]> {
  try {
    let batch: SourceRow[] = []
    let ordinal = 0
    for (const row of file.rows(layer)) {
      ordinal++
      batch.push(asRow(row, layer, ordinal, notes))
      if (batch.length < 256) continue
      yield batch
      batch = []
      // SQLite hands rows out without ever waiting: others get their turn here.
      await new Promise((resume) => setImmediate(resume))
    }
    if (batch.length > 0) yield batch
  } finally {
    file.close()
  }
}

function asRow(row: Record<string, SqlValue>, layer: GpkgLayer, ordinal: number, notes: RowNotes): SourceRow {
  const cells = layer.columns.map((name) => asCell(row[name] ?? null))
  const id = layer.key === null ? null : String(row[layer.key] ?? '')
  const base = { ordinal, line: ordinal, cells, id, raw: null }
  if (layer.geometry === null) return { ...base, geometry: undefined, fault: null }
  const blob = row[layer.geometry] ?? null
  if (blob === null) {
    notes.count(empty)
    return { ...base, geometry: null, fault: null }
  }
  const reading = blob instanceof Uint8Array ? readGpkgGeometry(blob) : readGpkgGeometry(new Uint8Array())
  if ('fault' in reading) return { ...base, geometry: null, fault: reading.fault }
  if (reading.flattened) notes.count(flattened)
  if (reading.curved) notes.count(curved)
  if (reading.geometry === null) notes.count(empty)
  return { ...base, geometry: reading.geometry, fault: null }
}

function unfinished(name: string): FileProblem {
  return new FileProblem(
    `“${name}”旁边的 -wal 文件里还有没写进去的修改：它还在 QGIS 等软件中打开。请关闭后再导入`,
    `Changes to “${name}” are still in the -wal file beside it: it is open in QGIS or another program. Close it before importing`,
  )
}

const mayBeOpen = {
  zh: '这个 GeoPackage 若还在 QGIS 等软件中打开，最近的修改可能不在文件里。如有疑问，请关闭后重新导入',
  en: 'If this GeoPackage is still open in QGIS or another program, its latest changes may not be in the file. When in doubt, close it and import again',
}
const curved = {
  zh: '个图形有圆弧，已按折线读取（每 4° 一个顶点）',
  en: 'shapes with arcs, which were read as lines (a corner every 4°)',
}
const flattened = {
  zh: '个图形带高程（Z）或测量值（M），已略去',
  en: 'shapes with heights (Z) or measures (M), which were left out',
}
const empty = { zh: '条记录没有图形', en: 'records without a shape' }

function asCell(value: SqlValue): string | number | null {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  return value instanceof Uint8Array ? null : value
}

/** Doubles of the envelope in a GeoPackage geometry's header, by the indicator in its flags. */
const envelopes = [0, 4, 6, 6, 8] as const

/** A GeoPackage geometry (OGC 12-128r18, 2.1.3): a header with an envelope, then well-known binary. */
function readGpkgGeometry(blob: Uint8Array): WkbReading {
  if (blob.length < 8 || blob[0] !== 0x47 || blob[1] !== 0x50) return broken()
  const flags = blob[3] ?? 0
  const envelope = envelopes[(flags >> 1) & 7]
  if ((flags & 0x20) !== 0)
    return { fault: { zh: '扩展的 GeoPackage 几何无法读取', en: 'an extended GeoPackage geometry cannot be read' } }
  if (envelope === undefined) return broken()
  if ((flags & 0x10) !== 0) return { geometry: null, flattened: false, curved: false }
  return readWkb(blob.subarray(8 + envelope * 8))
}

function broken(): WkbReading {
  return { fault: { zh: '几何数据已损坏', en: 'the geometry is damaged' } }
}
