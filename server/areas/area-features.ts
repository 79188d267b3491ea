import { Area, gridTypes } from '@minqing/data/domain/area'
import type { AreaLevel } from '@minqing/data/domain/area-code'
import type { Label } from '@minqing/data/domain/label'
import { featureSource } from '../features/feature-source.ts'
import { decimals, integers, oneOfSet, texts } from '../features/queryables.ts'
import { AreaParameter, areaRemedies } from './parameters.ts'
import type { Transaction } from '../store/connect.ts'
import { isDrawn } from '../tiles/demo-ground.ts'
import { asTileRows, isVisible, maxFeatures, tileGround } from '../tiles/tile-set.ts'

function areasOf<Id extends string>(id: Id, level: AreaLevel, title: Label, description: Label) {
  return featureSource({
    id,
    object: 'area',
    follows: 'areas',
    title,
    description,
    geometryType: 'polygon',
    table: 'area_with_contacts',
    key: ['code'],
    columns: areaColumns,
    members: (transaction) => transaction`level = ${level}`,
    place: { box: 'extent' },
    parameters: { area: AreaParameter.optional() },
    remedies: areaRemedies,
    conditions: (transaction, { area }) =>
      area === undefined ? transaction`true` : transaction`starts_with(code, ${area})`,
    withId: (transaction, featureId) => transaction`code = ${featureId}`,
    queryables,
    properties: Area.omit({ center: true }),
    cached: true,
    tiles: {
      fields: { code: 'string', name: 'string', households: 'number', residents: 'number' },
      read: async (transaction, tile) =>
        asTileRows(
          await transaction`
            select geometry, code, name, households, residents from area
            where level = ${level} and extent && ${tileGround(transaction, tile)} and ${isVisible(transaction, tile)}
              and ${isDrawn(transaction)}
            order by area(extent) desc, code limit ${maxFeatures}`,
        ),
    },
  })
}

const queryables = [
  ...texts({
    code: ['区划编码', 'Area code'],
    parentCode: ['上级编码', 'Code of the area above'],
    streetCode: ['街道编码', 'Sub-district code'],
    name: ['名称', 'Name'],
  }),
  oneOfSet('gridType', gridTypes, '网格类型', 'Kind of grid'),
  ...integers({ households: ['户数', 'Households'], residents: ['人口', 'Residents'] }),
  ...texts({ leader: ['负责人', 'Leader'], worker: ['网格员', 'Grid worker'], source: ['来源', 'Source'] }),
  ...decimals({ areaM2: ['面积（平方米）', 'Area in square metres'] }),
]

/** Properties of the domain's Area, its centre aside: that is in the geometry. */
export function areaColumns(transaction: Transaction) {
  return transaction`code as feature_id, geometry, code, level, parent_code, street_code, name, grid_type, households,
    residents, leader, leader_phone, worker, worker_phone, area_m2, source`
}

export const streetFeatures = areasOf(
  'streets',
  'street',
  { zh: '街道', en: 'Sub-districts' },
  { zh: '街道（乡镇）边界及负责人', en: 'Sub-districts with boundary and head' },
)
export const communityFeatures = areasOf(
  'communities',
  'community',
  { zh: '社区', en: 'Communities' },
  { zh: '社区（村）边界、户数与书记', en: 'Communities with boundary, households and secretary' },
)
export const gridFeatures = areasOf(
  'grids',
  'grid',
  { zh: '网格', en: 'Grids' },
  { zh: '网格边界、编码、户数、网格长与网格员电话', en: 'Grids with boundary, code, households, leader and worker' },
)
