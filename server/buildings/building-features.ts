import { streetOf } from '@minqing/data/domain/area-code'
import { Building, BuildingUse, structures } from '@minqing/data/domain/building'
import { positionSources } from '@minqing/data/domain/position-source'
import { featureSource } from '../features/feature-source.ts'
import { areaCodes, decimals, integers, oneOfSet, texts } from '../features/queryables.ts'
import { AreaParameter, areaRemedies } from '../areas/parameters.ts'
import { commaSeparated } from '../http/parameters.ts'
import { allOf, oneOf } from '../store/conditions.ts'
import { isDrawn } from '../tiles/demo-ground.ts'
import { asTileRows, isVisible, maxFeatures, tileGround } from '../tiles/tile-set.ts'

/** Zoom from which buildings that are only a point are in the tiles. */
const pointsFrom = 14

export const buildingFeatures = featureSource({
  id: 'buildings',
  object: 'building',
  follows: 'buildings',
  title: { zh: '建筑', en: 'Buildings' },
  description: {
    zh: '建筑轮廓（还没有轮廓的为点，位置未知的没有图形）、层数、高度、年代、结构与用途',
    en: 'Footprints (a point while there is none, no geometry where the place is unknown) with floors, height, year, structure and use',
  },
  geometryType: 'polygon or point',
  table: 'building',
  key: ['street_code', 'code'],
  columns: (
    transaction,
  ) => transaction`code as feature_id, geometry, code, street_code, community_code, grid_code, name,
    address, estate, floors, height, units, built_year, structure, use, households, residents, source, source_id,
    case when center is not null then position_source end as position_source, position_certainty`,
  place: { box: 'extent' },
  parameters: { area: AreaParameter.optional(), use: commaSeparated(BuildingUse, 'residential,mixed').optional() },
  remedies: areaRemedies,
  conditions: (transaction, { area, use }) =>
    allOf(transaction, [
      area === undefined ? undefined : transaction`starts_with(coalesce(grid_code, community_code), ${area})`,
      area === undefined || area.length < 9 ? undefined : transaction`street_code = ${streetOf(area)}`,
      oneOf(transaction, 'use', use),
    ]),
  withId: (transaction, featureId) => transaction`street_code = ${streetOf(featureId)} and code = ${featureId}`,
  queryables: [
    ...texts({ code: ['楼栋编码', 'Building code'] }),
    ...areaCodes,
    ...texts({ name: ['名称', 'Name'], address: ['地址', 'Address'], estate: ['小区', 'Estate'] }),
    ...integers({ floors: ['层数', 'Floors'], units: ['单元数', 'Units'], builtYear: ['建成年份', 'Year built'] }),
    ...decimals({ height: ['高度（米）', 'Height in metres'] }),
    oneOfSet('structure', structures, '结构', 'Structure'),
    oneOfSet('use', BuildingUse.options, '用途', 'Use'),
    ...integers({ households: ['户数', 'Households'], residents: ['人口', 'Residents'] }),
    oneOfSet('positionSource', positionSources, '定位方式', 'How the position is known'),
    ...decimals({ positionCertainty: ['定位可信度', 'Certainty of the position'] }),
    ...texts({ source: ['来源', 'Source'], sourceId: ['来源编号', 'Id in the source'] }),
  ],
  properties: Building.omit({ center: true }),
  tiles: {
    fields: {
      code: 'string',
      name: 'string',
      height: 'number',
      floors: 'number',
      use: 'string',
      builtYear: 'number',
      positionSource: 'string',
    },
    // Index building_extent.
    read: async (transaction, tile) =>
      asTileRows(
        await transaction`
          select geometry, code, name, height, floors, use, built_year,
            nullif(position_source, 'measured') as position_source
          from building
          where extent && ${tileGround(transaction, tile)}
            and (${isVisible(transaction, tile)} or ${tile.z >= pointsFrom} and geometry like '{"type":"Point"%')
            and ${isDrawn(transaction)}
          order by area(extent) desc, code limit ${maxFeatures}`,
      ),
  },
})
