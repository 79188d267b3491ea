import type { BaseField } from '../base-fields.ts'

export type BaseKind = {
  layer: 'land' | 'water' | 'green' | 'road' | 'rail' | 'place'
  kind: string
  /** Roads from 1, the widest, to 6; of two names that do not both fit the lower one is shown. */
  rank: number
}
type Shape = 'point' | 'line' | 'polygon'

/** Roads by OpenStreetMap's classes, `_link` left off. Those being built or planned are not there yet. */
const roads: ReadonlyMap<string, number> = new Map([
  ['motorway', 1],
  ['trunk', 1],
  ['primary', 1],
  ['secondary', 2],
  ['tertiary', 3],
  ['unclassified', 4],
  ['residential', 4],
  ['living_street', 4],
  ['road', 4],
  ['service', 5],
  ['track', 5],
  ['pedestrian', 6],
  ['footway', 6],
  ['path', 6],
  ['cycleway', 6],
  ['steps', 6],
  ['bridleway', 6],
])

const chineseRoads: ReadonlyMap<string, string> = new Map([
  ['快速路', 'trunk'],
  ['高速公路', 'motorway'],
  ['主干路', 'primary'],
  ['主干道', 'primary'],
  ['次干路', 'secondary'],
  ['次干道', 'secondary'],
  ['支路', 'tertiary'],
  ['街巷', 'residential'],
  ['小区路', 'service'],
  ['人行道', 'footway'],
])

const rails = ['rail', 'light_rail', 'subway', 'tram', 'monorail', 'narrow_gauge', '铁路', '轨道交通']

/** What lies flat, by the layer it is painted in. */
const grounds: Readonly<Record<string, readonly string[]>> = {
  water: [
    'water',
    'lake',
    'river',
    'riverbank',
    'ocean',
    'sea',
    'dock',
    'basin',
    'reservoir',
    'pond',
    'canal',
    'stream',
    'bay',
    '水域',
    '河流',
    '湖泊',
    '水系',
  ],
  green: [
    'park',
    'garden',
    'grass',
    'forest',
    'wood',
    'meadow',
    'grassland',
    'scrub',
    'heath',
    'wetland',
    'golf_course',
    'nature_reserve',
    'recreation_ground',
    'village_green',
    'cemetery',
    'orchard',
    'allotments',
    'natural_wood',
    '绿地',
    '公园',
    '林地',
    '草地',
  ],
  land: [
    'residential',
    'commercial',
    'retail',
    'industrial',
    'railway',
    'school',
    'university',
    'college',
    'kindergarten',
    'hospital',
    'parking',
    'marketplace',
    'pedestrian',
    'square',
    'education',
    'construction',
    'military',
    'institutional',
    '居住用地',
    '商业用地',
    '工业用地',
  ],
}

const waterLines = ['river', 'canal', 'stream', 'drain', 'ditch']

/** Places by how far away their names are worth showing. */
const places: ReadonlyMap<string, number> = new Map([
  ['city', 1],
  ['town', 1],
  ['district', 1],
  ['suburb', 2],
  ['borough', 2],
  ['quarter', 3],
  ['village', 3],
  ['neighbourhood', 4],
  ['hamlet', 4],
  ['locality', 5],
  ['square', 5],
])

/**
 * What a feature is on a base map, by OpenStreetMap's keys or by the kinds of vector-tile exports (Tilezen, Geofabrik)
 * and Chinese survey files; null for what no base map shows.
 */
export function baseKindOf(word: (field: BaseField) => string, shape: Shape): BaseKind | null {
  if (shape === 'point') return pointKind(word)
  return shape === 'line' ? lineKind(word) : polygonKind(word)
}

function pointKind(word: (field: BaseField) => string): BaseKind | null {
  const place = word('place') || word('kind')
  const rank = places.get(place)
  if (rank !== undefined) return { layer: 'place', kind: place, rank }
  return word('houseNumber') === '' ? null : { layer: 'place', kind: 'house_number', rank: 9 }
}

function lineKind(word: (field: BaseField) => string): BaseKind | null {
  const railway = word('railway') || (word('kind') === 'rail' ? 'rail' : word('kind'))
  if (rails.includes(railway)) return isUnderground(word, railway) ? null : { layer: 'rail', kind: railway, rank: 0 }
  const water = word('waterway') || word('kindDetail') || word('kind')
  if (waterLines.includes(water)) return { layer: 'water', kind: water, rank: water === 'river' ? 1 : 3 }
  const graded = (word('highway') || word('kindDetail') || word('kind')).replace(/_link$/, '')
  const road = chineseRoads.get(graded) ?? graded
  const rank = roads.get(road)
  return rank === undefined ? null : { layer: 'road', kind: road, rank }
}

/** Lines under the ground are not seen; where nobody says, an underground is. */
function isUnderground(word: (field: BaseField) => string, railway: string): boolean {
  const tunnel = word('tunnel')
  return tunnel === '' ? railway === 'subway' : tunnel !== 'no' && tunnel !== 'false'
}

function polygonKind(word: (field: BaseField) => string): BaseKind | null {
  const fields: BaseField[] = ['natural', 'waterway', 'landuse', 'leisure', 'amenity', 'place', 'kind', 'highway']
  for (const field of fields) {
    const kind = word(field)
    for (const [layer, kinds] of Object.entries(grounds))
      if (kinds.includes(kind)) return { layer: layer as BaseKind['layer'], kind, rank: 0 }
  }
  return null
}
