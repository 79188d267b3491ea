import { hash32 } from '@minqing/data/formats/hash32'
import { buildingUseWords, structureWords } from '@minqing/data/formats/words/words'
import { boundaryOf } from '../check/read-boundary.ts'
import type { CopyValue } from '../../store/copy-rows.ts'
import type { CheckContext } from '../check/check-context.ts'
import { reasons } from '../check/reasons.ts'
import type { RowView } from '../check/row-view.ts'
import { readLocation } from '../check/read-location.ts'

/** One row as a building, or null with its faults noted; 'skipped' for what a building layer holds besides buildings. */
export function checkBuilding(view: RowView, context: CheckContext): CopyValue[] | 'skipped' | null {
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
  const earlier = code === null ? null : context.repeats.earlier(code, view.row, 0)
  if (earlier !== null) {
    view.fault('code', code ?? '', reasons.repeated(context.nameRow(earlier)))
    return null
  }
  const [west, south, east, north] = footprint.extent
  return [
    view.row.ordinal,
    view.row.line,
    code,
    where.streetCode,
    communityCode,
    where.gridCode,
    facts.name,
    facts.address,
    facts.estate,
    facts.floors,
    facts.height,
    facts.units,
    facts.builtYear,
    facts.structure,
    facts.use,
    facts.households,
    facts.residents,
    geometry,
    `((${west},${south}),(${east},${north}))`,
    `(${lon},${lat})`,
    facts.stdAddressCode,
    id,
  ]
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
    floors: view.whole('floors', 0, 300),
    height: decimalHeight,
    units: view.whole('units', 0, 1000),
    builtYear: view.year('builtYear'),
    structure: view.word('structure', structureWords) ?? 'other',
    use: (useWord === '' ? null : buildingUseWords.read(useWord)) ?? 'other',
    households: view.whole('households'),
    residents: view.whole('residents'),
    stdAddressCode: view.identifier('stdAddressCode', 50) || null,
  }
}
