import type { BoundingBox } from '@minqing/data/domain/position'
import type { PositionSource } from '@minqing/data/domain/position-source'
import { hash32 } from '@minqing/data/formats/hash32'
import { buildingUseWords, structureWords } from '@minqing/data/formats/words/words'
import { boundaryOf } from '../check/read-boundary.ts'
import type { CheckContext } from '../check/check-context.ts'
import { reasons } from '../check/reasons.ts'
import { digitsOf, type RowView } from '../check/row-view.ts'
import { readLocation } from '../check/read-location.ts'
import { readPositionSource } from '../check/read-position-source.ts'
import { readPosition } from '../check/read-position.ts'
import { boxText, pointText } from '../../store/copy-rows.ts'
import { always, type Collection, type Columns, follows, from, key, staged, type StagedRow } from './collection.ts'

const columns = {
  street_code: key('text'),
  code: key('text'),
  community_code: follows('text'),
  // What the file calls the community, where that has to be made.
  community_name: staged('text'),
  grid_code: always('text'),
  name: from('text', 'name'),
  // A number alone is not the one of the road that is known.
  address: from('text', 'address', 'addressStreet'),
  estate: from('text', 'estate'),
  floors: from('integer', 'floors'),
  height: from('double precision', 'height'),
  units: from('integer', 'units'),
  built_year: from('integer', 'builtYear'),
  structure: from('text', 'structure'),
  use: from('text', 'use'),
  households: from('integer', 'households'),
  residents: from('integer', 'residents'),
  geometry: always('text'),
  extent: follows('box'),
  center: follows('point'),
  std_address_code: from('text', 'stdAddressCode'),
  source_id: follows('text'),
  position_source: always('text'),
  position_certainty: always('double precision'),
  // What its place is looked up by where there is none, and the place.
  sought: staged('text'),
  position: staged('point'),
  building_code: staged('text'),
} satisfies Columns

export const buildings: Collection = {
  table: 'building',
  touches: 'buildings',
  key: 'code',
  location: ['grid_code', 'community_code'],
  columns,
  follow: (transaction) => ({ source_id: transaction`coalesce(t.source_id, r.source_id)` }),
  repeats: { columns: ['code'], identity: false },
  check,
  merge: async () => (await import('./merge-buildings.ts')).mergeBuildings,
}

/** One row as a building, or null with its faults noted; 'skipped' for what a building layer holds besides buildings. */
function check(view: RowView, context: CheckContext): StagedRow<typeof columns> | 'skipped' | null {
  if (isNoBuilding(view, context)) return 'skipped'
  const place = placeOf(view, context)
  if (place === null) return null
  const { center } = place
  const code = view.code('code', 17)
  const where = locationOf(view, context, code, center)
  const facts = factsOf(view, context)
  const sourceId = view.identifier('sourceId', 100) || (code === null ? view.row.id : null)
  if (view.faults.length > 0 || where === null) return null
  if (code !== null && !code.startsWith(where.communityCode ?? where.streetCode)) {
    view.fault('code', code, reasons.parentMismatch)
    return null
  }
  const communityCode = where.communityCode ?? code?.slice(0, 12) ?? nearestCommunity(context, center, where.streetCode)
  const sought = center === null ? soughtAs(facts) : ''
  // An address may say the community: whether it does is known when all rows are in.
  if (communityCode === null && sought === '') {
    view.fault('communityCode', '', reasons.noCommunity)
    return null
  }
  if (place.geometry === null && code === null && facts.name === '' && facts.address === '') {
    view.fault('geometry', '', reasons.noFootprint)
    return null
  }
  const earlier = code === null ? null : context.repeats.earlier(code, view.row)
  if (earlier !== null) {
    view.fault('code', code ?? '', reasons.repeated(context.nameRow(earlier)))
    return null
  }
  return {
    street_code: where.streetCode,
    code,
    community_code: communityCode,
    community_name: view.texts('communityCode').find((text) => text !== '' && !/^\d+$/.test(digitsOf(text))) ?? null,
    grid_code: where.gridCode,
    name: facts.name,
    address: facts.address,
    estate: facts.estate,
    floors: facts.floors,
    height: facts.height,
    units: facts.units,
    built_year: facts.builtYear,
    structure: facts.structure,
    use: facts.use,
    households: facts.households,
    residents: facts.residents,
    geometry: place.geometry,
    extent: place.extent === null ? null : boxText(place.extent),
    center: center === null ? null : pointText(...center),
    position_source: place.source,
    position_certainty: place.certainty,
    sought,
    position: center === null ? null : pointText(...center),
    building_code: null,
    std_address_code: facts.stdAddressCode,
    source_id: place.isOutline ? (sourceId ?? (code === null ? keyOf(place.geometry ?? '') : null)) : listKey(sourceId),
  }
}

/** Where a row says that its building is: an outline, a point, or nowhere. */
type Place = {
  /** GeoJSON text. */
  geometry: string | null
  extent: BoundingBox | null
  center: [lon: number, lat: number] | null
  source: PositionSource
  certainty: number | null
  isOutline: boolean
}

/** The address with the name, where it lacks it; without one the estate and the name. A number alone names nothing. */
function soughtAs({ address, estate, name }: { address: string; estate: string | null; name: string }): string {
  const named = estate === null || name.includes(estate) ? name : estate + name
  if (address === '') return estate === null && !/\p{Script=Han}{3}/u.test(name) ? '' : named
  if (name === '' || address.includes(name)) return address
  return address + (estate !== null && address.endsWith(estate) ? name : named)
}

const measured = { source: 'measured', certainty: null } as const

/** Null with a fault noted where what the row has is neither an outline nor a point. */
function placeOf(view: RowView, context: CheckContext): Place | null {
  const given = view.geometry('geometry')
  if (given !== undefined && typeOf(given) !== 'Point') {
    const footprint = boundaryOf(view, context, reasons.noFootprint)
    if (footprint === null) return null
    const { extent, center } = footprint
    return { geometry: JSON.stringify(footprint.geometry), extent, center, ...measured, isOutline: true }
  }
  const position = view.faults.length > 0 ? null : readPosition(view, context.convert)
  if (view.faults.length > 0) return null
  if (position === null) {
    context.note({
      zh: '没有轮廓和坐标的楼栋：更新已有的楼栋，没有的登记下来并按地址定位；地址找不到的暂不显示在地图上',
      en: 'buildings without an outline or a position: known ones are updated, others are listed and placed by their addresses; those whose address is not found are not on the map yet',
    })
    return { geometry: null, extent: null, center: null, ...measured, isOutline: false }
  }
  const { lon, lat } = position
  context.note({
    zh: '只有坐标的楼栋：有轮廓之前以点显示',
    en: 'buildings with a position alone: shown as a point until there is an outline',
  })
  const { position_source: source, position_certainty: certainty } = readPositionSource(view, position)
  const geometry = JSON.stringify({ type: 'Point', coordinates: [lon, lat] })
  return { geometry, extent: [lon, lat, lon, lat], center: [lon, lat], source, certainty, isOutline: false }
}

/** By its code, where that lies in an area that is known; else as for every row. */
function locationOf(view: RowView, context: CheckContext, code: string | null, center: Place['center']) {
  if (center === null && code !== null) {
    const known = [15, 12].map((digits) => code.slice(0, digits)).find((area) => context.areas.byCode.has(area))
    if (known !== undefined) return { ...context.areas.of(code.slice(0, 12)), gridCode: null }
  }
  return readLocation(view, center === null ? null : { lon: center[0], lat: center[1] }, context)
}

function nearestCommunity({ areas }: CheckContext, center: Place['center'], street: string): string | null {
  return center === null ? null : areas.nearestCommunity(...center, street)
}

/** Without an id of its own a building is known by its footprint. */
function keyOf(geometry: string): string {
  return `geometry:${hash32(geometry, 1)}-${hash32(geometry, 2)}`
}

/** The number of a line in a list names no building: the next list counts from one again. */
function listKey(sourceId: string | null): string | null {
  return sourceId === null || /^\d{1,4}$/.test(sourceId) ? null : sourceId
}

/**
 * Map layers of buildings (OpenStreetMap's among them) also hold entrances, house numbers and label points, which have
 * no footprint, and parts of buildings, whose outline is there as well: counting both would count them twice. A point
 * that says what a building is stands for one.
 */
function isNoBuilding(view: RowView, { note }: CheckContext): boolean {
  const kind = view.text('kind')
  if (kind === 'building_part') {
    note({
      zh: '建筑的组成部分，轮廓已在建筑本身之中，跳过',
      en: 'parts of buildings, whose outline is there as well: skipped',
    })
    return true
  }
  const type = typeOf(view.row.geometry)
  if (type !== 'Point' && type !== 'LineString' && type !== 'MultiPoint') return false
  const facts = ['code', 'floors', 'units', 'households', 'residents', 'height', 'builtYear', 'structure'] as const
  if (type === 'Point' && kind === '' && facts.some((field) => view.has(field))) return false
  note({
    zh: '没有轮廓的点或线（门牌、出入口、标注），跳过',
    en: 'points and lines without a footprint (house numbers, entrances, labels): skipped',
  })
  return true
}

function typeOf(geometry: unknown): unknown {
  return typeof geometry === 'object' && geometry !== null && 'type' in geometry ? geometry.type : null
}

function factsOf(view: RowView, { note }: CheckContext) {
  const street = view.text('addressStreet')
  const number = view.text('addressNumber')
  const isDecade = /年代/.test(view.text('builtYear'))
  const builtYear = view.year('builtYear')
  if (isDecade && builtYear !== null)
    note({ zh: '建成时间写的是年代，记为其第一年', en: 'built in a decade, taken as its first year' })
  const decimalHeight = view.decimal('height')
  if (decimalHeight !== null && !(decimalHeight >= 0 && decimalHeight < 1000))
    view.fault('height', String(decimalHeight), reasons.height)
  return {
    name: view.text('name', 100),
    address: view.text('address') || street + (/^\d+$/.test(number) ? `${number}号` : number),
    estate: view.text('estate', 100) || null,
    // No building has none: what is not known is exported as 0.
    floors: view.whole('floors', 0, 300) || null,
    height: decimalHeight || null,
    units: view.whole('units', 0, 1000),
    builtYear,
    structure: view.word('structure', structureWords, 'other') ?? 'other',
    use: view.word('use', buildingUseWords, 'other') ?? 'other',
    households: view.whole('households'),
    residents: view.whole('residents'),
    stdAddressCode: view.identifier('stdAddressCode', 50) || null,
  }
}
