import { FileProblem } from '../file-problem.ts'
import { offTheEarth, type OsmHandler, type OsmMember, type OsmTags } from './elements.ts'
import type { Bytes } from '../source-row.ts'
import { readXml } from '../text/xml.ts'

/** Members of one element: OpenStreetMap itself allows 2,000 nodes a way and 32,000 members a relation. */
const mostParts = 200_000

/** OpenStreetMap's XML (API v0.6), as `.osm` files and the Overpass API have it. Deleted elements are passed over. */
export async function* readOsmXml(bytes: Bytes, handler: OsmHandler): AsyncGenerator<void> {
  const elements = new Elements(handler, bytes.name)
  yield* readXml(bytes.open(), elements, bytes.name)
  if (elements.count === 0 && !elements.isOsm)
    throw new FileProblem(`“${bytes.name}”不是 OSM 文件`, `“${bytes.name}” is no OSM file`)
}

class Elements {
  isOsm = false
  count = 0
  readonly #handler: OsmHandler
  readonly #file: string
  #attributes: Readonly<Record<string, string>> = {}
  #tags = new Map<string, string>()
  #refs: number[] = []
  #members: OsmMember[] = []

  constructor(handler: OsmHandler, file: string) {
    this.#handler = handler
    this.#file = file
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'osm':
        this.isOsm = true
        return
      case 'node':
      case 'way':
      case 'relation':
        this.#attributes = attributes
        this.#tags = new Map()
        this.#refs = []
        this.#members = []
        return
      case 'tag':
        this.#tags.set(attributes['k'] ?? '', attributes['v'] ?? '')
        return
      case 'nd':
        // Within a member, Overpass's “out geom” draws the way once more.
        if (attributes['ref'] === undefined) return
        this.#refs.push(this.#number(attributes, 'ref'))
        // “out geom” says the places of a way's nodes with the way and gives no nodes.
        if (attributes['lon'] !== undefined) this.#node(this.#number(attributes, 'ref'), attributes, null)
        break
      case 'member': {
        const type = attributes['type']
        if (type !== 'node' && type !== 'way' && type !== 'relation') return
        this.#members.push({ type, ref: this.#number(attributes, 'ref'), role: attributes['role'] ?? '' })
      }
    }
    if (this.#refs.length + this.#members.length > mostParts)
      throw new FileProblem(
        `“${this.#file}”里有超过 ${mostParts} 个节点的要素`,
        `“${this.#file}” has an element of more than ${mostParts} parts`,
      )
  }

  close(name: string): void {
    if (name !== 'node' && name !== 'way' && name !== 'relation') return
    this.count++
    const attributes = this.#attributes
    if (attributes['visible'] === 'false' || attributes['action'] === 'delete') return
    const id = this.#number(attributes, 'id')
    if (name === 'way') this.#handler.way?.(id, this.#refs, this.#tags)
    else if (name === 'relation') this.#handler.relation?.(id, this.#members, this.#tags)
    else this.#node(id, attributes, this.#tags.size === 0 ? null : this.#tags)
  }

  #node(id: number, attributes: Readonly<Record<string, string>>, tags: OsmTags | null): void {
    if (this.#handler.node === undefined) return
    const lon = this.#number(attributes, 'lon')
    const lat = this.#number(attributes, 'lat')
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) throw offTheEarth(id, lon, lat)
    this.#handler.node(id, lon, lat, tags)
  }

  #number(attributes: Readonly<Record<string, string>>, name: string): number {
    const text = attributes[name] ?? ''
    const value = Number(text)
    if (text.trim() !== '' && Number.isFinite(value)) return value
    throw new FileProblem(
      `“${this.#file}”里有要素的 ${name} 不是数字：“${text.slice(0, 40)}”`,
      `“${this.#file}” has an element whose ${name} is no number: “${text.slice(0, 40)}”`,
    )
  }
}
