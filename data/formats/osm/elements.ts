import { FileProblem } from '../file-problem.ts'

export type OsmTags = ReadonlyMap<string, string>
export type OsmMember = { type: 'node' | 'way' | 'relation'; ref: number; role: string }

/** Called for each element in the order of the file; kinds without a handler are not even unpacked. */
export type OsmHandler = {
  /** `tags` is null for the many that have none. */
  node?: (id: number, lon: number, lat: number, tags: OsmTags | null) => void
  way?: (id: number, refs: readonly number[], tags: OsmTags) => void
  relation?: (id: number, members: readonly OsmMember[], tags: OsmTags) => void
}

/** A node that lies nowhere on the earth. */
export function offTheEarth(id: number, lon: number, lat: number): FileProblem {
  return new FileProblem(
    `OSM 节点 ${id} 的坐标超出经纬度范围（经度 ${lon}，纬度 ${lat}）：文件有误，没有读取`,
    `OSM node ${id} lies outside the range of longitude and latitude (${lon}, ${lat}): the file is wrong and was not read`,
  )
}

/** What an OpenStreetMap file can be read as. `base` is all that a base map is drawn from. */
export const osmLayers = ['buildings', 'base', 'addresses', 'points', 'boundaries'] as const
export type OsmLayer = (typeof osmLayers)[number]

type Shape = 'point' | 'line' | 'area'

/** Whether an element is a feature of a layer, and as which shape; null where it is none. */
export function shapeIn(
  layer: OsmLayer,
  tags: OsmTags,
  kind: 'node' | 'open way' | 'closed way' | 'relation',
): Shape | null {
  const wanted = shapeOf(layer, tags, kind)
  if (wanted === null) return null
  if (kind === 'node') return wanted === 'point' ? 'point' : null
  if (kind === 'open way') return wanted === 'line' ? 'line' : null
  return kind === 'relation' && wanted === 'line' ? null : wanted
}

function shapeOf(layer: OsmLayer, tags: OsmTags, kind: string): Shape | null {
  switch (layer) {
    case 'buildings':
      return isSet(tags.get('building')) ? 'area' : null
    case 'addresses':
      return kind === 'node' && tags.get('addr:housenumber') !== undefined ? 'point' : null
    case 'points':
      return kind === 'node' && pointKeys.some((key) => isSet(tags.get(key))) ? 'point' : null
    case 'boundaries':
      return tags.get('boundary') === 'administrative' && kind !== 'open way' ? 'area' : null
    case 'base':
      return baseShape(tags, kind)
  }
}

const pointKeys = [
  'amenity',
  'shop',
  'office',
  'tourism',
  'leisure',
  'emergency',
  'healthcare',
  'public_transport',
  'railway',
  'man_made',
]

const areaKeys = ['landuse', 'leisure', 'natural', 'amenity', 'water', 'place'] as const

function baseShape(tags: OsmTags, kind: string): Shape | null {
  if (kind === 'node')
    return (tags.get('place') !== undefined && tags.get('name') !== undefined) ||
      tags.get('addr:housenumber') !== undefined
      ? 'point'
      : null
  // Waterways that are closed are ponds and docks only where they say so; a roundabout is a line.
  if (isSet(tags.get('highway')) || isSet(tags.get('railway'))) return tags.get('area') === 'yes' ? 'area' : 'line'
  if (tags.get('waterway') === 'riverbank' || tags.get('waterway') === 'dock') return 'area'
  if (isSet(tags.get('waterway'))) return 'line'
  return areaKeys.some((key) => isSet(tags.get(key))) &&
    tags.get('natural') !== 'coastline' &&
    !isSet(tags.get('building'))
    ? 'area'
    : null
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'no'
}
