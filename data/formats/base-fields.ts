import type { FieldNames } from './field-names.ts'

/** Columns of what a base map is drawn from: OpenStreetMap's keys, and what vector-tile exports and survey files call them. */
export const baseFields = {
  name: ['name:zh', 'name:zh-Hans', '名称', '道路名称', '地名', 'name'],
  kind: ['kind', 'fclass', '类型', '类别', '道路等级', '要素类型'],
  kindDetail: ['kind_detail'],
  highway: ['highway'],
  railway: ['railway'],
  waterway: ['waterway'],
  natural: ['natural'],
  landuse: ['landuse'],
  leisure: ['leisure'],
  amenity: ['amenity'],
  place: ['place'],
  tunnel: ['tunnel', 'is_tunnel'],
  houseNumber: ['addr:housenumber', 'addr_housenumber', '门牌号', '门牌', '门楼牌号'],
  geometry: ['wkt', 'the_geom', 'geom', 'shape', 'geojson', '几何'],
} as const satisfies FieldNames

export type BaseField = keyof typeof baseFields
