import type { Position } from 'geojson'
import type { Label } from '../../domain/label.ts'
import type { RowNotes } from '../source-row.ts'
import type { XmlHandler } from '../text/xml.ts'

type Geometry = { type: string; coordinates?: unknown; geometries?: unknown }
type Placemark = {
  properties: Map<string, string>
  id: string | null
  geometry: Geometry | null
  fault: Label | null
}

/** Characters of the names of a placemark's folders together. */
const longestFolder = 200

const shapes = new Set(['Point', 'LineString', 'LinearRing', 'Polygon', 'MultiGeometry'])
const texts = new Set([
  'name',
  'description',
  'address',
  'phoneNumber',
  'value',
  'SimpleData',
  'coordinates',
  'when',
  'begin',
  'end',
  'href',
])

/** Gathers the placemarks of a KML as its elements go by. */
export class KmlPlacemarks implements XmlHandler {
  sawKml = false
  /** Where the network links since the last look lead to. */
  readonly links: string[] = []
  readonly #notes: RowNotes
  readonly #path: string[] = []
  readonly #folders: string[] = []
  /** The folders' names as one, the same for all placemarks in them; null when it has to be made again. */
  #folder: string | null = null
  #done: Placemark[] = []
  #placemark: Placemark | null = null
  /** What the multi-geometries that are open have so far; the outermost is the placemark's own. */
  #groups: Geometry[][] = []
  #rings: Position[][] = []
  #field = ''
  #text: string[] | null = null

  constructor(notes: RowNotes) {
    this.#notes = notes
  }

  /** The placemarks that were closed since the last call. */
  taken(): Placemark[] {
    const done = this.#done
    this.#done = []
    return done
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#path.push(name)
    if (name === 'kml') this.sawKml = true
    else if (name === 'Folder') this.#enterFolder()
    else if (name === 'Placemark') {
      this.#placemark = { properties: new Map(), id: attributes['id'] ?? null, geometry: null, fault: null }
      this.#groups = [[]]
    } else if (name === 'MultiGeometry') this.#groups.push([])
    else if (name === 'Polygon') this.#rings = []
    else if (name === 'Data' || name === 'SimpleData') this.#field = attributes['name'] ?? ''
    else if (name === 'Track' || name === 'MultiTrack' || name === 'Model') this.#notes.count(unknownShapes)
    if (texts.has(name)) this.#text = []
  }

  text(text: string): void {
    this.#text?.push(text)
  }

  close(name: string): void {
    this.#path.pop()
    const parent = this.#path.at(-1)
    if (texts.has(name) && this.#text !== null) {
      this.#take(name, parent, this.#text.join(''))
      this.#text = null
    } else if (name === 'Folder') this.#leaveFolder()
    else if (name === 'Placemark') this.#finish()
    else if (shapes.has(name)) this.#closeShape(name, parent)
  }

  #take(name: string, parent: string | undefined, text: string): void {
    const placemark = this.#placemark
    if (placemark === null) {
      if (name === 'name' && parent === 'Folder') this.#nameFolder(text.trim())
      else if (name === 'href' && this.#path.includes('NetworkLink')) this.links.push(text.trim())
      return
    }
    if (name === 'coordinates') this.#points = readCoordinates(text)
    else if (name === 'value' || name === 'SimpleData') {
      if (this.#field !== '') placemark.properties.set(this.#field, text.trim())
    } else if (parent === 'TimeStamp') placemark.properties.set('timestamp', text.trim())
    else if (parent === 'TimeSpan') placemark.properties.set(name, text.trim())
    else if (parent === 'Placemark' && name === 'description') this.#describe(placemark, text)
    else if (parent === 'Placemark') placemark.properties.set(name, text.trim())
  }

  #enterFolder(): void {
    this.#folders.push('')
    this.#folder = null
  }

  #leaveFolder(): void {
    this.#folders.pop()
    this.#folder = null
  }

  #nameFolder(name: string): void {
    this.#folders[this.#folders.length - 1] = name
    this.#folder = null
  }

  /** A description, and the attributes that a table in it holds: some programs write them nowhere else. */
  #describe({ properties }: Placemark, html: string): void {
    properties.set('description', plainText(html))
    for (const [name, value] of tableIn(html)) if (!properties.has(name)) properties.set(name, value)
  }

  /** Of the shape being read; null when they were no numbers. */
  #points: Position[] | null = null

  #closeShape(name: string, parent: string | undefined): void {
    const placemark = this.#placemark
    if (placemark === null) return
    const points = this.#points
    if (name === 'Polygon') {
      if (this.#rings.length > 0) this.#add({ type: 'Polygon', coordinates: this.#rings })
      this.#rings = []
    } else if (name === 'MultiGeometry') {
      const group = this.#groups.pop() ?? []
      if (group.length > 0) this.#add(together(group))
    } else if (points === null) placemark.fault ??= noNumbers
    else if (name === 'LinearRing' && parent?.endsWith('BoundaryIs') === true) this.#addRing(parent, points)
    else if (name === 'LinearRing') this.#add({ type: 'Polygon', coordinates: [points] })
    else if (name === 'LineString') this.#add({ type: 'LineString', coordinates: points })
    else if (points[0] !== undefined) this.#add({ type: 'Point', coordinates: points[0] })
    if (name !== 'Polygon' && name !== 'MultiGeometry') this.#points = null
  }

  /** The outer ring first, wherever it stands. */
  #addRing(parent: string, points: Position[]): void {
    if (parent === 'outerBoundaryIs') this.#rings.unshift(points)
    else this.#rings.push(points)
  }

  #add(geometry: Geometry): void {
    this.#groups.at(-1)?.push(geometry)
  }

  #finish(): void {
    const placemark = this.#placemark
    if (placemark === null) return
    if (this.#folder === null)
      this.#folder = this.#folders
        .filter((folder) => folder !== '')
        .join('/')
        .slice(0, longestFolder)
    if (this.#folder !== '' && !placemark.properties.has('folder')) placemark.properties.set('folder', this.#folder)
    const parts = this.#groups[0] ?? []
    placemark.geometry = parts.length === 0 ? null : together(parts)
    if (placemark.geometry === null && placemark.fault === null) this.#notes.count(empty)
    this.#done.push(placemark)
    this.#placemark = null
  }
}

const unknownShapes = { zh: '个轨迹或三维模型，已略去', en: 'tracks or models, which were left out' }
const empty = { zh: '个地标没有图形', en: 'placemarks without a shape' }
const noNumbers = { zh: '坐标不是数字', en: 'coordinates are not numbers' }

/** One geometry of several: a multi-part of its kind, a collection where kinds differ. */
function together(parts: Geometry[]): Geometry {
  const [first, ...others] = parts
  if (first !== undefined && others.length === 0) return first
  const multi =
    first === undefined
      ? undefined
      : { Point: 'MultiPoint', LineString: 'MultiLineString', Polygon: 'MultiPolygon' }[first.type]
  return multi !== undefined && parts.every(({ type }) => type === first?.type)
    ? { type: multi, coordinates: parts.map(({ coordinates }) => coordinates) }
    : { type: 'GeometryCollection', geometries: parts }
}

/** `lon,lat[,height]` with blanks between; also with blanks after the commas, which some write. */
function readCoordinates(text: string): Position[] | null {
  const points: Position[] = []
  let tuple: number[] = []
  let isJoined = false
  const take = () => {
    if (tuple.length > 0) points.push(tuple.slice(0, 2))
    const isPoint = tuple.length !== 1
    tuple = []
    return isPoint
  }
  for (const [part] of text.matchAll(/[^\s,]+|,/g)) {
    if (part === ',') {
      // Nothing before a comma: a coordinate is missing.
      if (tuple.length < 2 && (isJoined || tuple.length === 0)) return null
      isJoined = true
      continue
    }
    if (!isJoined && !take()) return null
    const number = Number(part)
    if (tuple.length < 2 && !Number.isFinite(number)) return null
    tuple.push(number)
    isJoined = false
  }
  return take() ? points : null
}

/** A description as its reader sees it: many programs write it as HTML. Every step takes time in proportion. */
function plainText(description: string): string {
  if (!/<\/?[a-z][^<>]*>/i.test(description)) return description.trim()
  return withoutBlocks(description)
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li)\b[^<>]*>/gi, '\n')
    .replaceAll(/<\/t[dh]>/gi, ' ')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, '')
    .replaceAll(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name: string) => entities.get(name) ?? '')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** Without styles and scripts, which nobody sees. */
function withoutBlocks(html: string): string {
  const parts: string[] = []
  const lower = html.toLowerCase()
  let at = 0
  for (const { 0: tag, 1: name = '', index } of html.matchAll(/<(style|script)\b[^<>]*>/gi)) {
    if (index < at) continue
    const end = lower.indexOf(`</${name.toLowerCase()}>`, index + tag.length)
    if (end === -1) break
    parts.push(html.slice(at, index))
    at = end
  }
  return parts.join('') + html.slice(at)
}

const entities: ReadonlyMap<string, string> = new Map([
  ['nbsp', ' '],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
  ['amp', '&'],
])

const row = /<tr\b[^<>]*>\s*<t[dh]\b[^<>]*>([^<]*)<\/t[dh]>\s*<t[dh]\b[^<>]*>([^<]*)<\/t[dh]>\s*<\/tr>/gi
/** Attributes that are taken from a description; a table of more rows is a text. */
const mostRows = 100

/** Names and values of a table of two columns, as ArcGIS writes a shape's attributes; none where it is another. */
function tableIn(html: string): [name: string, value: string][] {
  if (!/<table\b/i.test(html)) return []
  const rows = [...html.matchAll(row)]
    .slice(0, mostRows + 1)
    .map(([, name = '', value = '']): [string, string] => [plainText(`<p>${name}`), plainText(`<p>${value}`)])
  const names = new Set(rows.map(([name]) => name))
  const isTable = rows.length >= 2 && rows.length <= mostRows && names.size === rows.length && !names.has('')
  return isTable ? rows.filter(([name]) => name.length <= 60) : []
}
