import { type AreaLevel, areaLevels } from '@minqing/data/domain/area-code'
import { type FacilityKind, facilityKindLabels } from '@minqing/data/domain/facility'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { type IncidentType, incidentTypeLabels } from '@minqing/data/domain/incident-type'
import type { Label, Language } from '@minqing/data/domain/label'
import { SearchHit } from '@minqing/data/domain/summary'
import { seesStreets } from '../counts/query-counts.ts'
import { corners } from '../store/geometry.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { isWhole, type Scope } from '../store/scope.ts'

/** What a person typed, as the database compares it. */
export type SearchTerms = {
  /** The whole, for ranking: an equal or beginning name comes first. */
  whole: string
  /**
   * `like` patterns of its words, all of which must occur; `%`, `_` and `\` mean themselves. What they are compared with
   * is folded by the rules of C: of ASCII letters alone, in less than half the time.
   */
  patterns: string[]
  /** The pieces of each word by which an index finds what contains it (`search_grams`, 025.do.search-grams.sql). */
  grams: string[][]
  /** The same for its beginning. */
  beginning: string
  /**
   * Beginnings of case numbers that can be meant, as typed and in capitals: at least three characters that numbers are
   * made of, one a digit. None where no number is meant.
   */
  numbers: string[]
}

/** Full-width forms are folded (NFKC): Chinese input methods write １２ for 12. */
export function searchTerms(typed: string): SearchTerms {
  const whole = typed.normalize('NFKC').trim().toLowerCase()
  const words = whole.split(/\s+/).filter((word) => word !== '')
  return {
    whole,
    patterns: words.map((word) => `%${literally(word)}%`),
    grams: words.map(gramsOf),
    beginning: `${literally(whole)}%`,
    numbers: /^[\w-]{3,}$/.test(whole) && /\d/.test(whole) ? [...new Set([whole, whole.toUpperCase()])] : [],
  }
}

/** A word itself, or where it is longer than three characters its pieces of three. */
function gramsOf(word: string): string[] {
  const characters = Array.from(word)
  if (characters.length <= 3) return [word]
  return [...new Set(characters.slice(2).map((last, index) => `${characters[index]}${characters[index + 1]}${last}`))]
}

/** Text in which `%`, `_` and `\\` mean themselves to `like`. */
export function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}

const most = 20
/**
 * Of each kind, what may be meant and is ranked: of more, which only words of a character or two find, any are as good,
 * and ranking all buildings of a city takes seconds.
 */
const mostRanked = 2_000

const levelLabels: Record<AreaLevel, Label> = {
  street: { zh: '街道', en: 'Sub-district' },
  community: { zh: '社区', en: 'Community' },
  grid: { zh: '网格', en: 'Grid' },
}
const roadLabel: Label = { zh: '道路', en: 'Road' }

/** `label` names a closed set's member, which is put into words here; `place` and `more` are texts as they are. */
type Hit = Omit<SearchHit, 'detail'> & { label: string; place: string | null; more: string | null; score: number }

export const searchKinds = SearchHit.shape.kind.options
export type SearchKind = SearchHit['kind']

type Search = {
  language: Language
  /** Of the transaction. */
  scope: Scope
  /** Nothing else is looked for. */
  kinds?: readonly SearchKind[]
}

/**
 * What a person may mean by some words: areas, roads, facilities, buildings and case numbers; equal names first, then
 * beginnings, then the rest, at most 20. Nothing typed, nothing found.
 */
export async function findPlaces(
  transaction: Transaction,
  typed: string,
  { language, scope, kinds = searchKinds }: Search,
): Promise<SearchHit[]> {
  const terms = { ...searchTerms(typed), byPieces: isWhole(scope) }
  if (terms.patterns.length === 0) return []
  const incidents =
    terms.numbers.length > 0 && kinds.includes('incident') ? await findIncidents(transaction, terms, scope) : []
  // For a word that most rows hold the planner would make the pieces of every row again instead of using their index.
  if (terms.byPieces) await transaction`set local enable_seqscan = off`
  const places = await Promise.all([
    kinds.includes('area') ? findAreas(transaction, terms) : [],
    kinds.includes('road') ? findRoads(transaction, terms) : [],
    kinds.includes('facility') ? findFacilities(transaction, terms) : [],
    kinds.includes('building') ? findBuildings(transaction, terms) : [],
  ])
  const found = [...places, incidents]
  // Among equals, kinds are in the order above: sorting is stable.
  return found
    .flatMap((hits) => [...hits])
    .toSorted((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ label, place, more, score: _score, ...hit }) => {
      const parts = [wordOf(hit.kind, label)[language], place, more].filter((part) => part !== null && part !== '')
      return { ...hit, detail: parts.join(' · ') }
    })
}

function wordOf(kind: SearchHit['kind'], label: string): Label {
  switch (kind) {
    case 'area':
      return levelLabels[areaLevels.find((level) => level === label) ?? 'grid']
    case 'facility':
      return facilityKindLabels[label as FacilityKind]
    case 'incident':
      return incidentTypeLabels[label as IncidentType]
    case 'road':
      return roadLabel
    case 'building':
      return { zh: label, en: label }
  }
}

/** 0 for the very name or code, 1 for its beginning, 2 for a part; shorter names before longer ones. */
function score(transaction: Transaction, { whole, beginning }: SearchTerms, name: Fragment, code: Fragment): Fragment {
  return transaction`case when lower(${name}) = ${whole} or lower(${code}) = ${whole} then 0
    when lower(${name}) like ${beginning} or lower(${code}) like ${beginning} then 1 else 2 end
    + least(length(${name}), 99) / 100.0::float8`
}

/**
 * The words, and whether what contains them is found by its pieces: behind the policies of a part of all rows their index
 * does not serve (its operator is not leakproof), and the rows of a street are compared sooner than taken to pieces.
 */
type ScopedTerms = SearchTerms & { byPieces: boolean }

/** Whether a text may contain all of the words, by an index over its pieces. */
function mayHoldAll(transaction: Transaction, text: Fragment, { grams, byPieces }: ScopedTerms): Fragment {
  if (!byPieces) return transaction`true`
  return transaction`search_grams(${text}) @> ${[...new Set(grams.flat())]}::text[]`
}

/**
 * The same of a building. Behind the policies of a part of all rows a function reads the index
 * (050.do.buildings-of-a-scope.sql), unless a word is a single character: most buildings contain those.
 */
function mayBeBuilding(transaction: Transaction, terms: ScopedTerms): Fragment {
  const pieces = [...new Set(terms.grams.flat())]
  if (!terms.byPieces && pieces.every((piece) => piece.length > 1))
    return transaction`code = any(array(select buildings_holding(${pieces}::text[])))`
  return mayHoldAll(
    transaction,
    transaction`coalesce(estate, '') || ' ' || name || ' ' || address || ' ' || code`,
    terms,
  )
}

/** Whether a text may contain one of the words, the same way. */
function mayHoldAny(transaction: Transaction, text: Fragment, { grams, byPieces }: ScopedTerms): Fragment {
  if (!byPieces) return transaction`true`
  const each = grams.map((own) => transaction`search_grams(${text}) @> ${own}::text[]`)
  return transaction`(${each.reduce((joined, one) => transaction`${joined} or ${one}`)})`
}

/** The best of what a query finds, by its columns `score` and `id`. */
function bestOf(transaction: Transaction, found: Fragment): Fragment {
  return transaction`(select * from (${found} limit ${mostRanked}) found order by score, id limit ${most})`
}

function findAreas(transaction: Transaction, terms: ScopedTerms) {
  return transaction<Hit[]>`${bestOf(
    transaction,
    transaction`
    select 'area' as kind, a.code as id, a.name, a.level as label, p.name as place, a.code as more, a.code as area_code,
      ${corners(transaction, 'a.extent')} as bbox, ${score(transaction, terms, transaction`a.name`, transaction`a.code`)} as score
    from area a left join area p on p.code = a.parent_code
    where ${mayHoldAny(transaction, transaction`a.name || ' ' || a.code`, terms)}
      and lower(concat_ws(' ', p.name, a.name, a.code) collate "C") like all(${terms.patterns}::text[])
      and lower((a.name || ' ' || a.code) collate "C") like any(${terms.patterns}::text[])`,
  )}`
}

/** A road is drawn in pieces: one hit a name and street. Roads are everybody's. */
function findRoads(transaction: Transaction, terms: ScopedTerms) {
  return transaction<Hit[]>`
    select 'road' as kind, min(r.id) as id, r.name, 'road' as label, a.name as place, null as more, a.code as area_code,
      array[min((r.extent[1])[0]), min((r.extent[1])[1]), max((r.extent[0])[0]), max((r.extent[0])[1])] as bbox,
      ${score(transaction, terms, transaction`r.name`, transaction`r.name`)} as score
    from base_feature r left join area a on a.code = r.street_code
    where r.layer = 'road' and r.name <> '' and ${mayHoldAny(transaction, transaction`r.name`, { ...terms, byPieces: true })}
      and lower(concat_ws(' ', a.name, r.name) collate "C") like all(${terms.patterns}::text[])
      and lower(r.name collate "C") like any(${terms.patterns}::text[])
    group by r.name, a.name, a.code order by score, r.name, a.code limit ${most}`
}

function findFacilities(transaction: Transaction, terms: ScopedTerms) {
  const found = bestOf(
    transaction,
    transaction`
    select street_code || '-' || id as id, name, kind, address, position,
      coalesce(grid_code, community_code, street_code) as within,
      ${score(transaction, terms, transaction`name`, transaction`id`)} as score
    from facility
    where ${mayHoldAll(transaction, transaction`name || ' ' || address || ' ' || id`, terms)}
      and lower(concat_ws(' ', name, address, id) collate "C") like all(${terms.patterns}::text[])`,
  )
  return transaction<Hit[]>`
    select 'facility' as kind, f.id, f.name, f.kind as label, a.name as place, nullif(f.address, '') as more,
      a.code as area_code, ${corners(transaction, 'spot')} as bbox, f.score
    from ${found} f left join area a on a.code = f.within
      cross join lateral (select box(f.position, f.position)) placed (spot)
    order by f.score, f.id`
}

function findBuildings(transaction: Transaction, terms: ScopedTerms) {
  const found = bestOf(
    transaction,
    transaction`
    select code as id, name, address, estate, extent, coalesce(grid_code, community_code) as within,
      ${score(transaction, terms, transaction`name`, transaction`code`)} as score
    from building
    where ${mayBeBuilding(transaction, terms)}
      and lower(concat_ws(' ', estate, name, address, code) collate "C") like all(${terms.patterns}::text[])`,
  )
  return transaction<Hit[]>`
    select 'building' as kind, b.id, coalesce(nullif(b.name, ''), nullif(b.address, ''), b.id) as name,
      coalesce(b.estate, '') as label, a.name as place, nullif(b.address, '') as more, a.code as area_code,
      ${corners(transaction, 'spot')} as bbox, b.score
    from ${found} b left join area a on a.code = b.within
      -- A building whose place is unknown is shown by its area.
      cross join lateral (select coalesce(b.extent, a.extent)) placed (spot)
    order by b.score, b.id`
}

const columns = (
  transaction: Transaction,
) => transaction`i.street_code, i.number, i.type, i.community_code, i.grid_code,
  i.reported_at, i.position[0] as lon, i.position[1] as lat`

/** Cases whose number is looked at: more of them than are shown would only be sorted. */
const candidates = 2 * most
/** Up to so many cases a part of a number is looked for in all of them. */
const fewCases = 20_000

/**
 * Newest first among equals; a case without position is shown by its area. Numbers are found by their beginning (index
 * incident_number), with or without their street; among few cases also by any part.
 */
async function findIncidents(transaction: Transaction, terms: SearchTerms, scope: Scope) {
  const few = (await countCases(transaction, scope)) <= fewCases
  // `^@` and not `like`: it is leakproof, so that a scope's policies leave it its index.
  const begins = terms.numbers.map((number) => transaction`i.number ^@ ${number}`)
  const street = /^(\d{9})-(.+)$/.exec(terms.whole)
  const ways = [
    transaction`i.number = any(${terms.numbers})`,
    ...begins,
    ...(street === null
      ? []
      : [transaction`i.street_code = ${street[1]!} and i.number ^@ ${street[2]!.toUpperCase()}`]),
    ...(few ? [transaction`lower(i.street_code || '-' || i.number) like all(${terms.patterns}::text[])`] : []),
  ]
  // Each way by its own index; a union makes no case a hit twice.
  const found = ways
    .map((way) => transaction`(select ${columns(transaction)} from incident i where ${way} limit ${candidates})`)
    .reduce((all, one) => transaction`${all} union ${one}`)
  return transaction<Hit[]>`
    select 'incident' as kind, i.street_code || '-' || i.number as id, i.number as name, i.type as label, a.name as place,
      to_char(i.reported_at at time zone ${homeTimeZone}, 'YYYY-MM-DD') as more, a.code as area_code,
      ${corners(transaction, 'i.spot')} as bbox,
      ${score(transaction, terms, transaction`i.number`, transaction`i.street_code || '-' || i.number`)} as score
    from (
      select i.*, coalesce(box(point(i.lon, i.lat), point(i.lon, i.lat)), w.extent) as spot, w.code as within
      from (${found}) i left join area w on w.code = coalesce(i.grid_code, i.community_code, i.street_code)
    ) i
    left join area a on a.code = i.within
    where i.spot is not null
    order by score, i.reported_at desc limit ${most}`
}

/**
 * From the sums of all streets, which only those have who may see all; a scope has few months of its own. Below a street
 * nothing is stored: there may be many.
 */
async function countCases(transaction: Transaction, scope: Scope): Promise<number> {
  const [all] = await transaction<[{ total: number | null }]>`
    select sum(total) as total from incident_total where facet = 'any'`
  if (all.total !== null) return all.total
  const [own] = await transaction<[{ total: number | null }]>`select sum(total) as total from incident_month`
  return own.total ?? (seesStreets(scope) ? 0 : Infinity)
}
