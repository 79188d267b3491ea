import type { Label } from '../../domain/label.ts'
import { FileProblem } from '../file-problem.ts'
import { checkBox, checkShape, isDeeper, nameOf } from './geojson-shape.ts'
import { halfCharacter } from '../text/half-characters.ts'
import { JsonSplitter, type JsonPart } from './json-splitter.ts'
import { RowNotes, type RowSource, type SourceRow } from '../source-row.ts'

/**
 * GeoJSON (RFC 7946): a FeatureCollection, a Feature, or features one after the other (newline-delimited, RFC 8142).
 * Features are parsed one at a time; a broken one is a row with a fault, a broken file a FileProblem.
 *
 * @param isForgiven what cannot be decoded is a fault of its feature, and not of the file
 */
export function readGeojson(text: AsyncIterable<string>, isForgiven = false): RowSource {
  const reader = new Reader(isForgiven)
  return {
    format: 'geojson',
    columns: reader.columns,
    get crs() {
      return reader.crs
    },
    notes: reader.notes.list,
    batches: reader.read(text),
  }
}

class Reader {
  readonly columns: string[] = []
  readonly notes = new RowNotes()
  crs: string | null = null
  readonly #columnIndex = new Map<string, number>()
  #members = new Map<string, string>()
  #hasFeatures = false
  #ordinal = 0
  #objects = 0
  readonly #isForgiven: boolean

  constructor(isForgiven: boolean) {
    this.#isForgiven = isForgiven
  }

  async *read(text: AsyncIterable<string>): AsyncGenerator<SourceRow[]> {
    const splitter = new JsonSplitter()
    for await (const piece of text) {
      const rows: SourceRow[] = []
      for (const part of splitter.push(piece)) {
        const row = this.#take(part)
        if (row !== null) rows.push(row)
      }
      if (rows.length > 0) yield rows
    }
    splitter.end()
    if (this.#objects === 0)
      throw new FileProblem('文件是空的：没有 GeoJSON 对象', 'The file is empty: there is no GeoJSON object')
  }

  #take(part: JsonPart): SourceRow | null {
    if (part.kind === 'feature') return this.#row(part.text, part.line)
    if (part.kind === 'features') {
      this.#hasFeatures = true
      return null
    }
    if (part.kind === 'object') return this.#finishObject(part.line)
    if (this.#members.has(part.name))
      throw new FileProblem(
        `第 ${part.line} 行：成员“${part.name}”在同一对象里出现两次`,
        `Line ${part.line}: the member “${part.name}” appears twice in one object`,
      )
    this.#members.set(part.name, part.text)
    if (part.name === 'crs') this.#takeCrs(part.text, part.line)
    return null
  }

  #takeCrs(text: string, line: number): void {
    const crs = parse(text, line) as { properties?: { name?: unknown } } | null
    if (crs === null) return
    const name = crs.properties?.name
    if (typeof name !== 'string')
      throw new FileProblem(
        `第 ${line} 行：看不懂 crs 成员。请删去它并用 --crs 说明坐标系`,
        `Line ${line}: the crs member cannot be understood. Remove it and say the system with --crs`,
      )
    if (this.#ordinal > 0 && name !== this.crs)
      throw new FileProblem(
        `第 ${line} 行：crs 成员写在要素之后，前面的要素已按默认坐标系读取。请用 --crs 说明坐标系`,
        `Line ${line}: the crs member stands behind features that were already read. Say the system with --crs`,
      )
    this.crs = name
  }

  /** A collection is done; a single Feature or geometry becomes a row only now that all its members are known. */
  #finishObject(line: number): SourceRow | null {
    const members = this.#members
    const hasFeatures = this.#hasFeatures
    this.#members = new Map()
    this.#hasFeatures = false
    this.#objects++
    const type = members.get('type')
    refuseRelatives(members)
    if (type === '"FeatureCollection"') {
      if (!hasFeatures && !members.has('features'))
        throw new FileProblem(
          `第 ${line} 行：FeatureCollection 没有 features`,
          `Line ${line}: the FeatureCollection has no “features”`,
        )
      this.#noteMembers(members)
      if (!hasFeatures && members.has('features'))
        throw new FileProblem(`第 ${line} 行：features 应是数组`, `Line ${line}: “features” should be an array`)
      return null
    }
    if (hasFeatures || members.has('features'))
      throw new FileProblem(
        `第 ${line} 行：有 features 成员的对象，type 应为 FeatureCollection，而不是 ${type ?? '空'}`,
        `Line ${line}: an object with “features” should be of type FeatureCollection, not ${type ?? 'none'}`,
      )
    const text = `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`
    return this.#row(text, line)
  }

  /** Members that do not belong to a collection, and a box that is none, do no harm. */
  #noteMembers(members: ReadonlyMap<string, string>): void {
    for (const name of ['properties', 'coordinates', 'geometry', 'geometries'])
      if (members.has(name)) this.notes.count(foreign)
    const bbox = members.get('bbox')
    if (bbox !== undefined) checkBox(tryParse(bbox), (what) => this.notes.count(what))
  }

  #row(text: string, line: number): SourceRow {
    this.#ordinal++
    const row = { ordinal: this.#ordinal, line, cells: [], geometry: undefined, id: null, raw: text }
    let value: unknown
    try {
      value = parseExactly(text)
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause)
      return { ...row, fault: { zh: `不是有效的 JSON：${detail}`, en: `not valid JSON: ${detail}` } }
    }
    const feature = asFeature(value)
    if ('fault' in feature) return { ...row, fault: feature.fault }
    const note = (what: Label) => this.notes.count(what)
    if (typeof value === 'object' && value !== null && 'bbox' in value && 'properties' in value)
      checkBox(value.bbox, note)
    const wrong = checkShape(feature.geometry, note)
    if (wrong !== null) return { ...row, fault: wrong }
    const half = this.#isForgiven ? halfCharacter(Object.values(feature.properties)) : null
    if (half !== null) return { ...row, fault: half }
    return { ...row, cells: this.#cells(feature.properties), geometry: feature.geometry, id: feature.id, fault: null }
  }

  #cells(properties: object): unknown[] {
    const cells: unknown[] = []
    for (const [name, value] of Object.entries(properties)) {
      let index = this.#columnIndex.get(name)
      if (index === undefined) {
        index = this.columns.push(name) - 1
        this.#columnIndex.set(name, index)
      }
      cells[index] = value
    }
    return cells
  }
}

/** JSON of other programs that looks much like GeoJSON. */
function refuseRelatives(members: ReadonlyMap<string, string>): void {
  const isEsri = members.has('geometryType') || members.has('spatialReference') || members.has('fieldAliases')
  if (members.has('osm3s'))
    throw new FileProblem(
      '这是 Overpass 的 JSON，不是 GeoJSON。请在查询中改用 [out:xml]，另存为 .osm 后再导入',
      'This is JSON of Overpass, not GeoJSON. Ask with [out:xml], save the answer as .osm and import that',
    )
  const name = isEsri ? 'Esri JSON' : members.get('type') === '"Topology"' ? 'TopoJSON' : null
  if (name === null) return
  throw new FileProblem(
    `这是 ${name}，不是 GeoJSON。请在 QGIS 中打开，另存为 GeoJSON 后再导入${isEsri ? '；ArcGIS 服务的地址中可用 f=geojson' : ''}`,
    `This is ${name}, not GeoJSON. Open it in QGIS, save it as GeoJSON and import that${isEsri ? '; an ArcGIS service gives it with f=geojson' : ''}`,
  )
}

const foreign = {
  zh: '个成员不属于 FeatureCollection，没有使用',
  en: 'members that do not belong to a FeatureCollection, not used',
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

type FeatureParts = { properties: object; geometry: unknown; id: string | null }
const geometryTypes = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
])

/** Levels of properties: real ones have one or two. */
const deepest = 100

function asFeature(value: unknown): FeatureParts | { fault: Label } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fault('要素应是一个对象', 'a feature should be an object')
  const { type, properties, geometry, id } = value as Record<string, unknown>
  if (typeof type === 'string' && geometryTypes.has(type)) {
    const moved = ['properties', 'geometry', 'features'].find((name) => Object.hasOwn(value, name))
    if (moved !== undefined) return fault(`几何对象不应有成员 ${moved}`, `a geometry should have no member “${moved}”`)
    return { properties: {}, geometry: value, id: null }
  }
  if (type !== 'Feature')
    return fault(`type 应为 Feature，而不是 ${nameOf(type)}`, `“type” should be Feature, not ${nameOf(type)}`)
  if ('coordinates' in value || 'features' in value)
    return fault(
      '要素不应直接含有 coordinates 或 features',
      'a feature should have no “coordinates” or “features” itself',
    )
  if (properties !== null && properties !== undefined && (typeof properties !== 'object' || Array.isArray(properties)))
    return fault('properties 应是对象', '“properties” should be an object')
  if (isDeeper(properties, deepest))
    return fault(`properties 嵌套超过 ${deepest} 层`, `“properties” are nested deeper than ${deepest} levels`)
  if (id !== undefined && id !== null && typeof id !== 'string' && typeof id !== 'number')
    return fault('id 应是文本或数字', '“id” should be text or a number')
  return {
    properties: properties ?? {},
    geometry: geometry ?? null,
    id: id === undefined || id === null ? null : String(id),
  }
}

/** JSON.parse, but whole numbers beyond 2^53 (17-digit building codes) stay the digits they are. */
function parseExactly(text: string): unknown {
  if (!/[:[,\s]-?\d{16,}\s*[,}\]]/.test(text)) return JSON.parse(text)
  const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown
  return parseWithSource(text, (_key, value, context) =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? context.source : value,
  )
}
type Reviver = (this: unknown, key: string, value: unknown, context: { source: string }) => unknown

function parse(text: string, line: number): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new FileProblem(`第 ${line} 行：不是有效的 JSON`, `Line ${line}: not valid JSON`, { cause })
  }
}

function fault(zh: string, en: string): { fault: Label } {
  return { fault: { zh, en } }
}
