import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { Facility, FacilityKind, FacilityStatus } from '@minqing/data/domain/facility'
import { positionSources } from '@minqing/data/domain/position-source'
import { extentOfPoints } from '../areas/extent-of-points.ts'
import { featureSource } from '../features/feature-source.ts'
import { areaCodes, decimals, oneOfSet, texts } from '../features/queryables.ts'
import { AreaParameter, areaRemedies } from '../areas/parameters.ts'
import { commaSeparated } from '../http/parameters.ts'
import { allOf, oneOf } from '../store/conditions.ts'
import { pointGeometry } from '../store/geometry.ts'
import { asTileRows, maxFeatures, tileGround } from '../tiles/tile-set.ts'

export const facilityFeatures = featureSource({
  id: 'facilities',
  object: 'facility',
  follows: 'facilities',
  title: { zh: '设施', en: 'Facilities' },
  description: {
    zh: '红色驿站、调解室、警务室、学校与烟感设备',
    en: 'Service stations, mediation rooms, police, schools and smoke detectors',
  },
  geometryType: 'point',
  table: 'facility',
  key: ['street_code', 'id'],
  columns: (transaction) => transaction`street_code || '-' || id as feature_id,
    ${pointGeometry(transaction, 'position')} as geometry, id, street_code, community_code, grid_code, building_code, kind, name, address, phone, status,
    position_source, position_certainty, source`,
  place: { point: 'position' },
  extent: (transaction) => extentOfPoints(transaction, 'facility', 'position'),
  parameters: {
    area: AreaParameter.optional(),
    kind: commaSeparated(FacilityKind, 'service_station,police').optional(),
    status: commaSeparated(FacilityStatus, 'offline,alarm').optional(),
  },
  remedies: areaRemedies,
  conditions: (transaction, { area, kind, status }) =>
    allOf(transaction, [
      area === undefined
        ? undefined
        : transaction`starts_with(coalesce(grid_code, community_code, street_code), ${area})`,
      area === undefined || area.length < 9 ? undefined : transaction`street_code = ${streetOf(area)}`,
      oneOf(transaction, 'kind', kind),
      oneOf(transaction, 'status', status),
    ]),
  // An id is unique within its street.
  withId: (transaction, featureId) => {
    const [street, id] = [streetOf(featureId), featureId.slice(codeLength.street + 1)]
    return transaction`street_code = ${street} and id = ${id} and ${featureId} = street_code || '-' || id`
  },
  queryables: [
    ...texts({ id: ['编号', 'Id'] }),
    ...areaCodes,
    ...texts({ buildingCode: ['楼栋编码', 'Building code'] }),
    oneOfSet('kind', FacilityKind.options, '类别', 'Kind'),
    ...texts({ name: ['名称', 'Name'], address: ['地址', 'Address'], phone: ['电话', 'Telephone'] }),
    oneOfSet('status', FacilityStatus.options, '状态', 'Status'),
    oneOfSet('positionSource', positionSources, '定位方式', 'How the position is known'),
    ...decimals({ positionCertainty: ['定位可信度', 'Certainty of the position'] }),
    ...texts({ source: ['来源', 'Source'] }),
  ],
  properties: Facility.omit({ position: true }),
  tiles: {
    fields: {
      id: 'string',
      streetCode: 'string',
      kind: 'string',
      name: 'string',
      status: 'string',
      positionSource: 'string',
    },
    // Index facility_position.
    read: async (transaction, tile) =>
      asTileRows(
        await transaction`
          select ${pointGeometry(transaction, 'position')} as geometry, id, street_code, kind, name, status, position_source from facility
          where position <@ ${tileGround(transaction, tile)} order by street_code, id limit ${maxFeatures}`,
      ),
  },
})
