import { hash32 } from '@minqing/data/formats/hash32'
import { buildingUseWords, structureWords } from '@minqing/data/formats/words/words'
import { boundaryOf } from '../check/read-boundary.ts'
import type { CheckContext } from '../check/check-context.ts'
import { reasons } from '../check/reasons.ts'
import { digitsOf, type RowView } from '../check/row-view.ts'
import { readLocation } from '../check/read-location.ts'
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
  const footprint = boundaryOf(view, context, reasons.noFootprint)
  if (footprint === null) return null
  const [lon, lat] = footprint.center
  const where = readLocation(view, { lon, lat }, context)
  const code = view.code('code', 17)
  const facts = factsOf(view)
  const sourceId = view.identifier('sourceId', 100) || (code === null ? view.row.id : null)
  if (view.faults.length > 0 || where === null) return null
  if (code !== null && !code.startsWith(where.communityCode ?? where.streetCode)) {
    view.fault('code', code, reasons.parentMismatch)
    return null
  }
  const geometry = JSON.stringify(footprint.geometry)
  // Without an id of its own a building is known by its footprint.
  const id = sourceId ?? (code === null ? `geometry:${hash32(geometry, 1)}-${hash32(geometry, 2)}` : null)
  const communityCode =
    where.communityCode ?? code?.slice(0, 12) ?? context.areas.nearestCommunity(lon, lat, where.streetCode)
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
    geometry,
    extent: boxText(footprint.extent),
    center: pointText(lon, lat),
    std_address_code: facts.stdAddressCode,
    source_id: id,
  }
}

/**
 * Map layers of buildings (OpenStreetMap's among them) also hold entrances, house numbers and label points, which have
 * no footprint, and parts of buildings, whose outline is there as well: counting both would count them twice.
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
  const { geometry } = view.row
  const type = typeof geometry === 'object' && geometry !== null && 'type' in geometry ? geometry.type : null
  if (type !== 'Point' && type !== 'LineString' && type !== 'MultiPoint') return false
  note({
    zh: '没有轮廓的点或线（门牌、出入口、标注），跳过',
    en: 'points and lines without a footprint (house numbers, entrances, labels): skipped',
  })
  return true
}

function factsOf(view: RowView) {
  const street = view.text('addressStreet')
  const number = view.text('addressNumber')
  const useWord = view.text('use')
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
    builtYear: view.year('builtYear'),
    structure: view.word('structure', structureWords) ?? 'other',
    use: (useWord === '' ? null : buildingUseWords.read(useWord)) ?? 'other',
    households: view.whole('households'),
    residents: view.whole('residents'),
    stdAddressCode: view.identifier('stdAddressCode', 50) || null,
  }
}
