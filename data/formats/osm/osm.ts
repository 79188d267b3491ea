import type { Position } from 'geojson'
import { FileProblem } from '../file-problem.ts'
import { groupRings } from '../geometry/group-rings.ts'
import {
  GrowingColumns,
  RowNotes,
  type Bytes,
  type FileChoices,
  type RowSource,
  type SourceRow,
} from '../source-row.ts'
import { headOf } from '../text/encoding.ts'
import { joinLines } from './join-lines.ts'
import { NodePositions } from './node-positions.ts'
import { osmLayers, shapeIn, type OsmHandler, type OsmLayer, type OsmTags } from './elements.ts'
import { readOsmPbf } from './osm-pbf.ts'
import { readOsmXml } from './osm-xml.ts'

/** Relations whose outlines are held in memory while ways go by, and the positions of these: a few hundred megabytes at worst. */
const mostRelations = 200_000
const mostOutlinePoints = 4_000_000

/**
 * A layer of an OpenStreetMap file: `buildings` unless another is named, with the tags as columns. The file is passed
 * over four times, because it has what refers before what is referred to, and memory holds only the nodes that the
 * layer needs.
 *
 * @throws FileProblem when it is damaged, wrong, or too large for the memory that reading may take
 */
export async function readOsm(bytes: Bytes, choices: FileChoices): Promise<RowSource> {
  const layer = layerOf(choices.layer, bytes.name)
  // Compressed bytes hold any sign of XML sooner or later, and XML no name of a PBF's first block at its beginning.
  const start = Buffer.from(await headOf(bytes)).subarray(0, 16)
  const isXml = !start.includes('OSMHeader')
  const columns = new GrowingColumns(bytes.name)
  const notes = new RowNotes(choices.layer === undefined ? [buildingsByDefault] : [])
  return {
    format: 'osm',
    columns: columns.names,
    crs: 'wgs84',
    layers: osmLayers.map((name) => ({ name, rows: null, hidden: false })),
    notes: notes.list,
    batches: new OsmReader(bytes, isXml, layer, columns, notes).rows(),
  }
}

function layerOf(name: string | undefined, file: string): OsmLayer {
  const layer = osmLayers.find((known) => known === (name ?? 'buildings'))
  if (layer !== undefined) return layer
  throw new FileProblem(
    `“${file}”没有图层“${name}”。OSM 文件可按这些图层读取：${osmLayers.join('、')}`,
    `“${file}” has no layer “${name}”. An OSM file can be read as ${osmLayers.join(', ')}`,
  )
}

const buildingsByDefault = {
  zh: '读取了 OSM 文件中的建筑；其他内容用 --layer 指明：base（底图）、addresses（门牌）、points（兴趣点）、boundaries（行政边界）',
  en: 'The buildings of the OSM file were read; say --layer for others: base, addresses, points, boundaries',
}
const cut = { zh: '个对象在裁切的边缘缺了节点，已略去', en: 'elements lack nodes where the file was cut, left out' }
const unclosed = { zh: '个多边形关系没有闭合，已略去', en: 'multipolygons do not close, left out' }

type Outline = { tags: OsmTags; ways: number[]; lines: Map<number, Position[]> }

class OsmReader {
  readonly #bytes: Bytes
  readonly #isXml: boolean
  readonly #layer: OsmLayer
  readonly #columns: GrowingColumns
  readonly #notes: RowNotes
  readonly #places: NodePositions
  readonly #relations = new Map<number, Outline>()
  /** Relations by the ways that they are made of. */
  readonly #partOf = new Map<number, Outline[]>()
  #outlinePoints = 0
  #ordinal = 0
  #rows: SourceRow[] = []

  constructor(bytes: Bytes, isXml: boolean, layer: OsmLayer, columns: GrowingColumns, notes: RowNotes) {
    this.#bytes = bytes
    this.#isXml = isXml
    this.#layer = layer
    this.#columns = columns
    this.#notes = notes
    this.#places = new NodePositions(bytes.name)
  }

  async *rows(): AsyncGenerator<SourceRow[]> {
    await this.#pass({ relation: (id, members, tags) => this.#wantRelation(id, members, tags) })
    await this.#pass({ way: (id, refs, tags) => this.#wantWay(id, refs, tags) })
    this.#places.settle()
    yield* this.#emitting({ node: (id, lon, lat, tags) => this.#takeNode(id, lon, lat, tags) })
    yield* this.#emitting({ way: (id, refs, tags) => this.#takeWay(id, refs, tags) })
    for (const [id, outline] of this.#relations) this.#takeRelation(id, outline)
    if (this.#rows.length > 0) yield this.#rows
  }

  async #pass(handler: OsmHandler): Promise<void> {
    for await (const _ of readOsmElements(this.#bytes, this.#isXml, handler));
  }

  async *#emitting(handler: OsmHandler): AsyncGenerator<SourceRow[]> {
    for await (const _ of readOsmElements(this.#bytes, this.#isXml, handler)) {
      if (this.#rows.length === 0) continue
      const rows = this.#rows
      this.#rows = []
      yield rows
    }
  }

  #wantRelation(id: number, members: readonly { type: string; ref: number; role: string }[], tags: OsmTags): void {
    if (
      !['multipolygon', 'boundary'].includes(tags.get('type') ?? '') ||
      shapeIn(this.#layer, tags, 'relation') === null
    )
      return
    const ways = members
      .filter(({ type, role }) => type === 'way' && ['outer', 'inner', ''].includes(role))
      .map(({ ref }) => ref)
    const outline = { tags, ways, lines: new Map() }
    this.#relations.set(id, outline)
    if (this.#relations.size > mostRelations) throw tooLarge(this.#bytes.name)
    for (const way of ways) this.#partOf.set(way, [...(this.#partOf.get(way) ?? []), outline])
  }

  #wantWay(id: number, refs: readonly number[], tags: OsmTags): void {
    if (this.#partOf.has(id) || shapeIn(this.#layer, tags, kindOf(refs)) !== null) this.#places.want(refs)
  }

  #takeNode(id: number, lon: number, lat: number, tags: OsmTags | null): void {
    this.#places.put(id, lon, lat)
    if (tags !== null && shapeIn(this.#layer, tags, 'node') !== null)
      this.#add(`node/${id}`, tags, { type: 'Point', coordinates: [lon, lat] })
  }

  #takeWay(id: number, refs: readonly number[], tags: OsmTags): void {
    const shape = shapeIn(this.#layer, tags, kindOf(refs))
    const outlines = this.#partOf.get(id)
    if (shape === null && outlines === undefined) return
    const line: Position[] = []
    for (const ref of refs) {
      const place = this.#places.get(ref)
      if (place !== null) line.push(place)
    }
    for (const outline of outlines ?? []) {
      outline.lines.set(id, line)
      this.#outlinePoints += line.length
      if (this.#outlinePoints > mostOutlinePoints) throw tooLarge(this.#bytes.name)
    }
    if (shape === null) return
    if (line.length < refs.length || line.length < (shape === 'area' ? 4 : 2)) this.#notes.count(cut)
    else if (shape === 'line') this.#add(`way/${id}`, tags, { type: 'LineString', coordinates: line })
    else this.#addPolygons(`way/${id}`, tags, groupRings([line]))
  }

  #takeRelation(id: number, { tags, ways, lines }: Outline): void {
    const { rings, open } = joinLines(ways.map((way) => lines.get(way) ?? []).filter((line) => line.length > 1))
    if (open > 0 || rings.length === 0 || ways.some((way) => !lines.has(way))) this.#notes.count(unclosed)
    else this.#addPolygons(`relation/${id}`, tags, groupRings(rings))
  }

  #addPolygons(id: string, tags: OsmTags, polygons: Position[][][] | null): void {
    const [first] = polygons ?? []
    if (polygons === null || first === undefined) this.#notes.count(unclosed)
    else if (polygons.length === 1) this.#add(id, tags, { type: 'Polygon', coordinates: first })
    else this.#add(id, tags, { type: 'MultiPolygon', coordinates: polygons })
  }

  #add(id: string, tags: OsmTags, geometry: object): void {
    this.#ordinal++
    const cells = this.#columns.cells([...[...tags].filter(([key]) => isUseful(key)), ['osm_id', id]])
    this.#rows.push({ ordinal: this.#ordinal, line: this.#ordinal, cells, geometry, id, raw: null, fault: null })
  }
}

function kindOf(refs: readonly number[]): 'open way' | 'closed way' {
  return refs.length > 3 && refs[0] === refs.at(-1) ? 'closed way' : 'open way'
}

/** Names in other languages, notes and where a thing was copied from: thousands of keys that nobody maps. */
function isUseful(key: string): boolean {
  return (
    /^(name|name:(zh|zh-Hans|en)|alt_name|addr:[a-z]+|building(:(levels|height|structure|use|min_level))?|height|start_date|[a-z_]{2,24})$/.test(
      key,
    ) && !/^(source|note|created_by|fixme|attribution|is_in|import_uuid)$/.test(key)
  )
}

function tooLarge(file: string): FileProblem {
  return new FileProblem(
    `“${file}”里的多边形太多，超出读取一个文件的限制。请先用 osmium extract 裁出本街道或本区的范围`,
    `“${file}” has more multipolygons than reading one file may take. Cut your area out first (osmium extract)`,
  )
}

/**
 * Passes once over an OpenStreetMap file, `.osm.pbf` or XML; yields now and then, so that a caller can hand on what its
 * handler has gathered. Nodes come before ways before relations, as every writer sorts them.
 *
 * @throws FileProblem when the file is damaged
 */
function readOsmElements(bytes: Bytes, isXml: boolean, handler: OsmHandler): AsyncGenerator<void> {
  return isXml ? readOsmXml(bytes, handler) : readOsmPbf(bytes, handler)
}
