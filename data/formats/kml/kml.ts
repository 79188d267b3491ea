import type { Label } from '../../domain/label.ts'
import { Archive, type ArchiveEntry } from '../archive/archive.ts'
import { FileProblem } from '../file-problem.ts'
import { GrowingColumns, RowNotes, limits, type Bytes, type RowSource, type SourceRow } from '../source-row.ts'
import { KmlPlacemarks } from './placemarks.ts'
import type { Encoding } from '../../domain/file-format.ts'
import { halfCharacter } from '../text/half-characters.ts'
import { readXml } from '../text/xml.ts'

/**
 * The placemarks of a KML (OGC 12-007r2), or of the first KML in a KMZ and those in it that it links to, with `name`,
 * `description`, the folders they are in, times, and their extended data. Nothing is fetched: network links that lead
 * elsewhere are counted and left alone.
 *
 * @param said the encoding that a person has named: what cannot be decoded is then a fault of its placemark
 * @throws FileProblem when it is not well-formed or an archive without a KML
 */
export async function readKml(bytes: Bytes, said: Encoding | null = null): Promise<RowSource> {
  const documents = await documentsOf(bytes)
  const columns = new GrowingColumns(bytes.name)
  const notes = new RowNotes()
  return {
    format: 'kml',
    columns: columns.names,
    // The standard knows no other; files of GCJ-02 exist all the same, which --crs is for.
    crs: 'wgs84',
    notes: notes.list,
    batches: readRows(documents, columns, notes, { file: bytes.name, said }),
  }
}

type Document = { content: () => AsyncIterable<Uint8Array>; name: string }
/** The first document, and those that it can lead to. */
type Documents = { first: Document; linked: (from: Document, link: string) => Document | null; unread: () => string[] }

async function documentsOf(bytes: Bytes): Promise<Documents> {
  const head = await bytes.read(0, 2)
  if (head[0] !== 0x50 || head[1] !== 0x4b)
    return { first: { content: bytes.open, name: bytes.name }, linked: () => null, unread: () => [] }
  const archive = await Archive.open(bytes)
  const left = new Set(archive.entries.map(({ name }) => name).filter((name) => /\.kml$/i.test(name)))
  const take = (entry: ArchiveEntry | null | undefined): Document | null =>
    entry && left.delete(entry.name) ? { content: () => archive.read(entry), name: entry.name } : null
  const first = take(archive.find('doc.kml') ?? archive.entries.find(({ name }) => /\.kml$/i.test(name)))
  if (first === null) throw new FileProblem(`“${bytes.name}”里没有 KML 文件`, `There is no KML in “${bytes.name}”`)
  return {
    first,
    linked: (from, link) => take(archive.find(resolveLink(from.name, link))),
    unread: () => [...left],
  }
}

/** Where a link from one entry of an archive leads to. */
function resolveLink(from: string, link: string): string {
  try {
    const { pathname, host } = new URL(link, `archive://a/${encodeURI(from)}`)
    return host === 'a' ? decodeURIComponent(pathname.slice(1)) : ''
  } catch {
    return ''
  }
}

async function* readRows(
  documents: Documents,
  columns: GrowingColumns,
  notes: RowNotes,
  { file, said }: { file: string; said: Encoding | null },
): AsyncGenerator<SourceRow[]> {
  const placemarks = new KmlPlacemarks(notes)
  const queue = [documents.first]
  let ordinal = 0
  for (let document = queue.shift(); document !== undefined; document = queue.shift()) {
    for await (const _ of readXml(document.content(), placemarks, file, limits.feature, said)) {
      const rows = placemarks.taken().map(({ properties, id, geometry, fault }): SourceRow => {
        ordinal++
        const cells = columns.cells(properties)
        return {
          ordinal,
          line: ordinal,
          cells,
          geometry,
          id,
          raw: null,
          fault: fault ?? (said === null ? null : halfCharacter(cells)),
        }
      })
      if (rows.length > 0) yield rows
    }
    for (const link of placemarks.links.splice(0)) {
      const linked = documents.linked(document, link)
      if (linked === null) notes.count(notFollowed)
      else queue.push(linked)
    }
  }
  const unread = documents.unread()
  if (unread.length > 0) notes.add(leftOut(unread))
  if (!placemarks.sawKml)
    throw new FileProblem(`“${file}”不是 KML：没有 <kml> 元素`, `“${file}” is no KML: there is no <kml> element`)
}

const notFollowed = {
  zh: '个网络链接（NetworkLink）没有加载：请在 Google Earth 中把其内容另存为 KML',
  en: 'network links were not followed: save what they show as KML',
}

function leftOut(names: readonly string[]): Label {
  const shown = names.slice(0, 5).join('、') + (names.length > 5 ? ' …' : '')
  return {
    zh: `压缩包里另有 ${names.length} 个 KML 没有读取：${shown}。如有需要，请解压后逐个导入`,
    en: `${names.length} other KMLs of the archive were not read: ${shown}. Unpack it and import them one by one if they matter`,
  }
}
