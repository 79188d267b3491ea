import {
  areaLevels,
  codeLength,
  communityOf,
  levelOf,
  parentOf,
  streetOf,
  type AreaLevel,
} from '@minqing/data/domain/area-code'
import { hash32 } from '@minqing/data/formats/hash32'
import { Words } from '@minqing/data/formats/words/words'
import type { Boundary } from '@minqing/data/geo/boundary'
import type { CheckContext } from '../check/check-context.ts'
import { boundaryOf } from '../check/read-boundary.ts'
import { reasons } from '../check/reasons.ts'
import { digitsOf, type RowView } from '../check/row-view.ts'
import { boxText, pointText } from '../../store/copy-rows.ts'
import {
  always,
  type Collection,
  type Columns,
  follows,
  from,
  inserted,
  key,
  staged,
  type StagedRow,
} from './collection.ts'

const columns = {
  code: key('text'),
  level: inserted('text'),
  parent_code: inserted('text'),
  // The name of a grid's community, by which it is found or made.
  parent_name: staged('text'),
  name: from('text', 'name'),
  grid_type: from('text', 'gridType'),
  households: from('integer', 'households'),
  residents: from('integer', 'residents'),
  // Contacts are columns of the view `area_with_contacts` and stored in `staff`.
  leader: staged('text'),
  leader_phone: staged('text'),
  worker: staged('text'),
  worker_phone: staged('text'),
  area_m2: follows('double precision'),
  geometry: always('text'),
  extent: follows('box'),
  center: follows('point'),
  std_code: from('text', 'stdCode'),
  source_id: follows('text'),
} satisfies Columns

/** Areas of a fixed level, or of the level that each row says (null). */
export const areas = (level: AreaLevel | null): Collection => ({
  table: 'area',
  touches: 'areas',
  key: 'code',
  location: ['code'],
  columns,
  // Codes may still be missing when areas are staged.
  repeats: null,
  check: (view, context) => checkArea(view, context, level),
  merge: async () => (await import('./merge-areas.ts')).mergeAreas,
})

/** Corners of grids that are compared with each other: those of some ten thousand grids. */
const mostTiledCorners = 1_500_000

const levelWords = new Words<AreaLevel>(
  {
    street: { zh: '街道', en: 'Sub-district' },
    community: { zh: '社区', en: 'Community' },
    grid: { zh: '网格', en: 'Grid' },
  },
  { street: ['乡镇', '镇', '乡', 'town'], community: ['村', '居委会', '村居'], grid: ['单元网格', '基础网格'] },
)
const gridTypeWords = new Words(
  { basic: { zh: '基础网格', en: 'Basic' }, dedicated: { zh: '专属网格', en: 'Dedicated' } },
  { basic: ['基础', '普通'], dedicated: ['专属', '特殊'] },
)

/** One row as an area of a fixed level, or of the level that the row says. Codes may come later, with the numbering. */
function checkArea(view: RowView, context: CheckContext, level: AreaLevel | null): StagedRow<typeof columns> | null {
  const code = codeOfRow(view, level)
  const ownLevel = levelOfRow(view, level, code)
  const community = communityName(view)
  const name = nameOf(view, ownLevel, community)
  if (view.geometry('geometry') === undefined && view.faults.length === 0)
    return knownArea(view, context, { level: ownLevel, given: code, name, community })
  const boundary = boundaryOf(view, context, reasons.noBoundary)
  const facts = factsOf(view)
  const sourceId = view.identifier('sourceId', 100) || (code === null ? view.row.id : null)
  const parentCode =
    boundary === null || ownLevel === null
      ? null
      : parentOfRow(view, context, { level: ownLevel, code, boundary, community })
  if (view.faults.length > 0 || boundary === null || ownLevel === null) return null

  if (ownLevel === 'grid' && context.tiles.length < mostTiledCorners)
    context.tiles.add({ ...boundary, name: name || (code ?? context.nameRow(view.row).zh) })
  const geometry = JSON.stringify(boundary.geometry)
  const ownKey = code ?? sourceId ?? (name || `geometry:${hash32(geometry, 1)}-${hash32(geometry, 2)}`)
  const earlier = context.repeats.earlier(
    `${ownLevel} ${code === null ? `${parentCode} ${community}` : ''} ${ownKey}`,
    view.row,
  )
  if (earlier !== null) {
    view.fault(
      code === null && sourceId === null ? 'name' : code === null ? 'sourceId' : 'code',
      ownKey,
      reasons.repeated(context.nameRow(earlier)),
    )
    return null
  }
  return {
    code,
    level: ownLevel,
    parent_code: parentCode,
    parent_name: ownLevel === 'grid' ? community : null,
    name,
    ...storedFacts(facts, ownLevel),
    area_m2: boundary.areaM2,
    geometry,
    extent: boxText(boundary.extent),
    center: pointText(...boundary.center),
    source_id: sourceId ?? (name === '' && code === null ? ownKey : null),
  }
}

/** The area's own code; null where what stands there is that of the community or street around it. */
function codeOfRow(view: RowView, level: AreaLevel | null): string | null {
  if (level === null) return view.code('code', ...Object.values(codeLength))
  const text = digitsOf(view.text('code'))
  const isAround = (['communityCode', 'streetCode'] as const).some((field) => digitsOf(view.text(field)) === text)
  if (isAround && /^(?:\d{9}|\d{12})$/.test(text) && text.length < codeLength[level]) return null
  return view.code('code', codeLength[level])
}

/**
 * A row without a boundary, as rosters of grid workers have them: it describes an area that is there, by its
 * code, or by its name where no other area of the level (within the community that the row says) has it.
 */
function knownArea(
  view: RowView,
  { areas, repeats, nameRow }: CheckContext,
  {
    level,
    given,
    name,
    community,
  }: { level: AreaLevel | null; given: string | null; name: string; community: string | null },
): StagedRow<typeof columns> | null {
  const around = view.code('communityCode', 12) ?? view.code('parentCode', 9, 12)
  const within =
    around !== null ? [around] : level !== 'grid' || community === null ? [''] : areas.named('community', community)
  const named = given !== null || name === '' || level === null ? [] : areas.named(level, name)
  const [only, ...others] = named.filter((code) => within.some((outer) => code.startsWith(outer)))
  const known = areas.byCode.get(given ?? (others.length === 0 ? (only ?? '') : ''))
  if (view.faults.length > 0) return null
  if (known === undefined) {
    view.fault('geometry', given ?? name, reasons.noSuchArea)
    return null
  }
  const earlier = repeats.earlier(`${known.level}  ${known.code}`, view.row)
  if (earlier !== null) {
    view.fault(given === null ? 'name' : 'code', given ?? name, reasons.repeated(nameRow(earlier)))
    return null
  }
  const facts = factsOf(view)
  if (view.faults.length > 0) return null
  return {
    code: known.code,
    level: known.level,
    parent_code: known.level === 'street' ? null : parentOf(known.code),
    parent_name: null,
    // A name by which the area was found is at most another way of writing its own.
    name: given === null || name === '' ? known.name : name,
    ...storedFacts(facts, known.level),
    area_m2: null,
    geometry: null,
    extent: null,
    center: null,
    source_id: null,
  }
}

/** Facts of an area under the names of their columns. */
function storedFacts(facts: ReturnType<typeof factsOf>, level: AreaLevel) {
  return {
    grid_type: level === 'grid' ? facts.gridType : null,
    households: facts.households,
    residents: facts.residents,
    leader: facts.leader,
    leader_phone: facts.leaderPhone,
    worker: facts.worker,
    worker_phone: facts.workerPhone,
    std_code: facts.stdCode,
  }
}

/** The name of the row's community; null where none stands there, or a code. */
function communityName(view: RowView): string | null {
  const text = view.text('communityName', 100)
  return !view.has('communityName') || /^\d+$/.test(digitsOf(text)) ? null : text
}

/** A column of communities' names holds those of communities; beside a grid it is not the grid's own. */
function nameOf(view: RowView, level: AreaLevel | null, community: string | null): string {
  const name = view.text('name', 100)
  if (level === 'grid') return name === community ? '' : name
  return name === '' && level === 'community' ? (community ?? '') : name
}

function levelOfRow(view: RowView, level: AreaLevel | null, code: string | null): AreaLevel | null {
  const given = level ?? view.knownWord('level', levelWords)
  const ofCode = code === null ? null : levelOf(code)
  if (given !== null && ofCode !== null && given !== ofCode) view.fault('level', given, reasons.levelMismatch)
  if (given === null && ofCode === null) view.fault('level', '', reasons.missing)
  return given ?? ofCode
}

function factsOf(view: RowView) {
  return {
    gridType: view.word('gridType', gridTypeWords, 'basic') ?? 'basic',
    households: view.whole('households'),
    residents: view.whole('residents'),
    leader: view.text('leader', 50) || null,
    leaderPhone: view.identifier('leaderPhone', 50) || null,
    worker: view.text('worker', 50) || null,
    workerPhone: view.identifier('workerPhone', 50) || null,
    stdCode: view.identifier('stdCode', 50) || null,
  }
}

const otherCommunity = {
  zh: '所写的社区不在库中，而网格位于另一个已知的社区之内，归入那个社区',
  en: 'of a community that is not known, but within another one that is: put into that one',
}

type Child = { level: AreaLevel; code: string | null; boundary: Boundary; community: string | null }

/**
 * The code one level up; null for a street. A grid that names a community which is not known yet has the code of its
 * street: the community is made when the grids are numbered.
 */
function parentOfRow(
  view: RowView,
  { areas, plan, note, nameRow }: CheckContext,
  { level, code, boundary: { center }, community }: Child,
): string | null {
  if (code !== null) {
    const parent = parentOf(code)
    const given = view.code('parentCode', 9, 12)
    if (given !== null && given !== parent) view.fault('parentCode', given, reasons.parentMismatch)
    return parent
  }
  const given = view.code('parentCode', 9, 12) ?? view.code('communityCode', 12) ?? view.code('streetCode', 9)
  const place = areas.locate(...center)
  const located = place === null || areas.isInDemo(place.streetCode) ? null : place
  const wanted = areaLevels.indexOf(level) - 1
  if (wanted < 0) {
    view.fault('code', '', reasons.missing)
    return null
  }
  if (level === 'grid' && given?.length === 12) return communityOf(given)
  const street = given === null ? (plan.street?.code ?? null) : streetOf(given)
  if (level === 'grid') {
    const named = community === null ? [] : areas.named('community', community)
    const codes = named.filter((one) => one.startsWith(street ?? '') && !areas.isInDemo(streetOf(one)))
    const found = codes.find((one) => codes.length === 1 || one === located?.communityCode)
    if (found !== undefined) return found
    if (codes.length > 1) {
      view.fault('communityName', community ?? '', reasons.severalCommunities(codes))
      return null
    }
    const drawn = located?.communityCode ?? null
    if (drawn !== null && (community === null || areas.byCode.get(drawn)?.source !== 'derived')) {
      if (community !== null) note(otherCommunity, nameRow(view.row))
      return drawn
    }
  }
  const around = street ?? (level === 'grid' && community !== null ? (located?.streetCode ?? null) : null)
  if (around === null) {
    view.fault('code', '', reasons.noParent)
    return null
  }
  if (level === 'community' || community !== null) return around
  note(
    {
      zh: '没有写所属社区，也不在已知的社区之内，归入第 1 社区',
      en: 'without a community and in none that is known, put into the first one',
    },
    nameRow(view.row),
  )
  return `${around}001`
}
