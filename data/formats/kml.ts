import { Archive } from './archive.ts'
import { FileProblem } from './file-problem.ts'
import { GrowingColumns } from './growing-columns.ts'
import { KmlPlacemarks } from './kml-placemarks.ts'
import { RowNotes } from './row-notes.ts'
import { limits, type Bytes, type RowSource, type SourceRow } from './source-row.ts'
import { readXml } from './xml.ts'

/**
 * The placemarks of a KML (OGC 12-007r2) or of the first KML in a KMZ, with `name`, `description`, the folders they are
 * in, and their extended data. Nothing is fetched: network links are counted and left alone.
 *
 * @throws FileProblem when it is not well-formed or an archive without a KML
 */
export async function readKml(bytes: Bytes): Promise<RowSource> {
  const content = await contentOf(bytes)
  const columns = new GrowingColumns(bytes.name)
  const notes = new RowNotes()
  return {
    format: 'kml',
    columns: columns.names,
    // The standard knows no other; files of GCJ-02 exist all the same, which --crs is for.
    crs: 'wgs84',
    notes: notes.list,
    batches: readRows(content(), columns, notes, bytes.name),
  }
}

async function contentOf(bytes: Bytes): Promise<() => AsyncIterable<Uint8Array>> {
  const head = await bytes.read(0, 2)
  if (head[0] !== 0x50 || head[1] !== 0x4b) return bytes.open
  const archive = await Archive.open(bytes)
  const entry = archive.find('doc.kml') ?? archive.entries.find(({ name }) => /\.kml$/i.test(name))
  if (entry !== undefined) return () => archive.read(entry)
  throw new FileProblem(`“${bytes.name}”里没有 KML 文件`, `There is no KML in “${bytes.name}”`)
}

async function* readRows(
  content: AsyncIterable<Uint8Array>,
  columns: GrowingColumns,
  notes: RowNotes,
  file: string,
): AsyncGenerator<SourceRow[]> {
  const placemarks = new KmlPlacemarks(notes)
  let ordinal = 0
  for await (const _ of readXml(content, placemarks, file, limits.feature)) {
    const rows = placemarks.taken().map(({ properties, id, geometry, fault }): SourceRow => {
      ordinal++
      const cells = columns.cells(properties)
      return { ordinal, line: ordinal, cells, geometry, id, raw: null, fault }
    })
    if (rows.length > 0) yield rows
  }
  if (!placemarks.sawKml)
    throw new FileProblem(`“${file}”不是 KML：没有 <kml> 元素`, `“${file}” is no KML: there is no <kml> element`)
}
