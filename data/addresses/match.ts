import { numbersFrom, readNumbers, withoutDivisions, withoutFiller, type Numbers } from './grammar.ts'
import type { Gazetteer, Span } from './gazetteer.ts'
import type { AddressTarget, BuildingTarget, Estate, NamedPlace, Road } from './named-places.ts'
import { normaliseAddress, splitBrackets } from './normalise.ts'

/** A place that an address may mean, with how sure that is, from 0 to 1. */
export type AddressCandidate = { target: AddressTarget; certainty: number }

/**
 * What an address means: the place of its level, or null; and the candidates that a person has to decide between. Where
 * these lie in one area, that is the place until somebody has decided.
 */
export type AddressMatch = { place: AddressCandidate | null; undecided: AddressCandidate[] }

/** What else a row says of where it is: codes of columns of their own. */
export type Within = { communityCode: string | null; gridCode: string | null }

/** A place is taken from here on, and where no other comes so near to it. */
const sureFrom = 0.6
const apart = 0.1
/** Below this a candidate is not worth asking about. */
const worthAsking = 0.3
const mostCandidates = 8

/** Finds what an address means among the names and numbers of one street. */
export function matchAddress(gazetteer: Gazetteer, address: string, within: Within): AddressMatch {
  const { outer, inner } = splitBrackets(address)
  let best = decide(gazetteer, readCandidates(gazetteer, normaliseAddress(outer)), within)
  // 文昌路（近港务宿舍3栋）: what the brackets say may be more exact, and is seldom where it happened.
  for (const part of inner) {
    if (best.place?.target.buildingCode != null) break
    const candidates = readCandidates(gazetteer, normaliseAddress(part))
    const other = decide(gazetteer, candidates.map(weaker(0.9)), within)
    if (rank(other) < rank(best)) best = other
  }
  return best
}

const order = { building: 0, road: 1, estate: 2, grid: 3, community: 4 } as const

function rank({ place, undecided }: AddressMatch): number {
  return place === null ? (undecided.length > 0 ? 5 : 6) : order[place.target.level]
}

const weaker =
  (factor: number) =>
  ({ target, certainty }: AddressCandidate) => ({ target, certainty: certainty * factor })

/** A name in the address, known or guessed, with the numbers behind it. */
type Reading = { named: NamedPlace; weight: number; numbers: Numbers; road: string }

/** Every place that the text may mean, each as sure as its words are. */
function readCandidates(gazetteer: Gazetteer, text: string): AddressCandidate[] {
  const spans = gazetteer.find(text).filter((span, index, all) => !span.weak || standsAlone(text, span, all[index - 1]))
  const found: AddressCandidate[] = []
  const communities = new Set<string>()
  let road = ''
  // The part before the first name, then each name with what stands behind it.
  let glued = readUnnamed(gazetteer, withoutDivisions(text.slice(0, spans[0]?.start ?? text.length)), '', found)
  for (const [index, span] of spans.entries()) {
    const behind = text.slice(span.end, spans[index + 1]?.start ?? text.length)
    const isLast = index === spans.length - 1
    // 新 of 新港务家属院 makes another name of it; what is longer is more likely something else.
    const start = glued === '' ? 1 : glued.length === 1 ? 0.55 : 0.8
    const numbers = readNumbers(behind)
    glued = ''
    for (const named of span.named) {
      if (named.kind === 'street') continue
      if (named.kind === 'community') {
        if (!span.weak || behind === '') communities.add(named.code)
        if (isLast || !span.weak) found.push(...areaCandidates(gazetteer, named.code, numbers, behind, span))
        continue
      }
      const weight = start * (span.weak ? 0.87 : 0.97)
      found.push(...placeCandidates({ named, weight, numbers, road }))
      if (named.kind === 'road') road = named.name
    }
    const rest = numbers.between === '' ? behind.slice(numbers.length) : behind
    glued = readUnnamed(gazetteer, rest, road, found)
  }
  return withCommunities(found, communities)
}

/** Whether nothing stands before a weak name that may be a part of it. */
function standsAlone(text: string, { start }: Span, before: Span | undefined): boolean {
  const gap = before === undefined ? withoutDivisions(text.slice(0, start)) : text.slice(before.end, start)
  return withoutFiller(gap) === '' || /[\d号栋]$/.test(gap)
}

/**
 * Reads what no known name covers: perhaps a misspelt one. Gives the words that stand directly before the next name.
 *
 * @param found takes the candidates
 */
function readUnnamed(gazetteer: Gazetteer, text: string, road: string, found: AddressCandidate[]): string {
  if (text === '') return ''
  const at = numbersFrom(text)
  const name = withoutFiller(at === -1 ? text : text.slice(0, at))
  if (at === -1 && name === text) {
    // A name without a number: a place, or words that belong to the name that follows.
    for (const { place, likeness } of gazetteer.similar(name))
      if (likeness > 0.8)
        found.push(...placeCandidates({ named: place, weight: likeness * 0.9, numbers: readNumbers(''), road }))
    return name
  }
  const numbers = readNumbers(at === -1 ? '' : text.slice(at))
  for (const { place, likeness } of similarEnd(gazetteer, name))
    found.push(...placeCandidates({ named: place, weight: likeness * 0.97, numbers, road }))
  return ''
}

/** Names like the written one, or like its end: 江岸区港物家属院 where the district is none that its word shows. */
function similarEnd(gazetteer: Gazetteer, name: string): { place: NamedPlace; likeness: number }[] {
  for (let from = 0; from <= Math.max(0, name.length - 3); from++) {
    const similar = gazetteer.similar(name.slice(from))
    if (similar.length > 0)
      return from === 0
        ? similar
        : similar.map((one) => ({ ...one, likeness: one.likeness * (from === 1 ? 0.6 : 0.85) }))
  }
  return []
}

function placeCandidates({ named, weight, numbers, road }: Reading): AddressCandidate[] {
  switch (named.kind) {
    case 'estate':
      return estateCandidates(named, weight, numbers, road)
    case 'road':
      return roadCandidates(named, weight, numbers)
    case 'place':
      // A school has no 3栋 that is known by its name.
      return named.targets.map((target) => ({
        target,
        certainty: weight * (numbers.near ? 0.92 : 1) * (numbers.building === null ? 1 : 0.6),
      }))
  }
}

function estateCandidates(estate: Estate, weight: number, numbers: Numbers, road: string): AddressCandidate[] {
  // The road says the same as the name.
  const supported = road !== '' && estate.roads.has(road) ? weight + (1 - weight) * 0.5 : weight
  const whole = { target: estate.target, certainty: supported * 0.85 }
  const { building, between } = numbers
  if (building === null || between !== '') return [whole]
  const buildings = estate.buildings.get(building.number) ?? []
  return [
    whole,
    ...buildings.map((target) => ({ target, certainty: supported * building.weight * agreement(target, numbers) })),
  ]
}

/** Whether the building has the unit and the floor that the address names, and is where it happened. */
function agreement({ units, floors }: BuildingTarget, { unit, floor, near }: Numbers): number {
  const hasUnit = unit === null || units === null || units === 0 || unit <= units
  const hasFloor = floor === null || floors === null || floors === 0 || floor <= floors
  return (hasUnit ? 1 : 0.85) * (hasFloor ? 1 : 0.85) * (near ? 0.92 : 1)
}

function roadCandidates(road: Road, weight: number, numbers: Numbers): AddressCandidate[] {
  const { house, between } = numbers
  if (house === null || between !== '') return []
  const buildings = road.houses.get(house) ?? road.houses.get(house.replace(/-.*/, '')) ?? []
  const estates = [...(road.estates.get(house) ?? [])]
  const exact = house.includes('-') && !road.houses.has(house) ? 0.85 : 1
  // 文昌路12号3栋 is a building of the estate there, else one of several behind the number.
  if (numbers.building?.named === true) {
    if (estates.length > 0) return estates.flatMap((estate) => estateCandidates(estate, weight, numbers, road.name))
    return buildings.map((target) => ({ target: asRoad(target, road, house), certainty: weight * 0.8 }))
  }
  if (buildings.length > 0)
    return buildings.map((target) => ({ target, certainty: weight * exact * agreement(target, numbers) }))
  if (estates.length > 0) return estates.map(({ target }) => ({ target, certainty: weight * 0.9 }))
  const within = interpolated(road, Number(house.replace(/-.*/, '')))
  return within === null ? [] : [{ target: within.target, certainty: weight * within.certainty }]
}

function asRoad({ lon, lat, communityCode, gridCode }: AddressTarget, road: Road, house: string): AddressTarget {
  const id = `road:${road.name}#${house}`
  return { level: 'road', id, label: `${road.name}${house}号`, lon, lat, communityCode, gridCode, buildingCode: null }
}

/** Numbers of a road that are further apart do not tell where those between them are. */
const farthestNumbers = 20
/** How far a number may lie beyond the last that is known. */
const beyondLast = 4

/** A house number between two that are known, on the same side of the road where there are such. */
function interpolated(road: Road, house: number): { target: AddressTarget; certainty: number } | null {
  const known = [...road.houses].flatMap(([number, [target]]) =>
    /^\d+$/.test(number) && target !== undefined ? [{ number: Number(number), target }] : [],
  )
  const sameSide = known.filter(({ number }) => number % 2 === house % 2)
  for (const side of [sameSide, known]) {
    const below = side.filter(({ number }) => number < house).sort((a, b) => b.number - a.number)[0]
    const above = side.filter(({ number }) => number > house).sort((a, b) => a.number - b.number)[0]
    if (below !== undefined && above !== undefined && above.number - below.number <= farthestNumbers) {
      const share = (house - below.number) / (above.number - below.number)
      const along = (from: number, to: number) => from + (to - from) * share
      const near = share < 0.5 ? below.target : above.target
      const target = asRoad(near, road, String(house))
      const place = {
        ...target,
        lon: along(below.target.lon, above.target.lon),
        lat: along(below.target.lat, above.target.lat),
        gridCode: below.target.gridCode === above.target.gridCode ? target.gridCode : null,
      }
      return { target: place, certainty: above.number - below.number <= 6 ? 0.8 : 0.7 }
    }
    const last = below ?? above
    if (last !== undefined && Math.abs(last.number - house) <= beyondLast)
      return { target: { ...asRoad(last.target, road, String(house)), gridCode: null }, certainty: 0.65 }
  }
  return null
}

/** 江北社区3栋, where one estate of the community has such a building; 江北社区第3网格; the community itself. */
function areaCandidates(
  gazetteer: Gazetteer,
  code: string,
  numbers: Numbers,
  behind: string,
  { weak }: Span,
): AddressCandidate[] {
  const found: AddressCandidate[] = []
  const community = gazetteer.areas.get(code)
  if (community !== undefined) found.push({ target: community, certainty: weak ? 0.7 : 0.95 })
  const grid = /^(\d{1,3})号?(?:网格|格)/.exec(behind)?.[1]
  const known =
    grid === undefined
      ? undefined
      : (gazetteer.grids.get(code)?.get(Number(grid)) ?? gazetteer.areas.get(`${code}${grid.padStart(3, '0')}`))
  if (known !== undefined) found.push({ target: known, certainty: 0.95 })
  const { building, between } = numbers
  if (grid === undefined && between === '' && building?.named === true) {
    const buildings = gazetteer.numbered.get(code)?.get(building.number) ?? []
    for (const target of buildings) found.push({ target, certainty: 0.82 * agreement(target, numbers) })
  }
  return found
}

/** Places outside of the communities that the address names are less likely: people are often wrong in them. */
function withCommunities(found: AddressCandidate[], communities: ReadonlySet<string>): AddressCandidate[] {
  if (communities.size === 0) return found
  return found.map((candidate) => {
    const { communityCode } = candidate.target
    return communityCode === null || communities.has(communityCode) ? candidate : weaker(0.75)(candidate)
  })
}

/** The finest place that is sure enough; and those between which it is not. */
function decide(gazetteer: Gazetteer, found: readonly AddressCandidate[], within: Within): AddressMatch {
  const best = new Map<string, AddressCandidate>()
  for (const candidate of found) {
    const { target } = candidate
    const given = candidate.certainty * agrees(target, within)
    if (given > (best.get(target.id)?.certainty ?? 0)) best.set(target.id, { target, certainty: given })
  }
  const all = [...best.values()].sort((a, b) => b.certainty - a.certainty)
  const fine = all.filter(({ target }) => target.buildingCode !== null || target.level === 'building')
  const [first, second] = fine
  if (first !== undefined && first.certainty >= sureFrom && first.certainty - (second?.certainty ?? 0) >= apart)
    return { place: rounded(first), undecided: [] }
  const undecided = fine
    .filter(({ certainty }) => certainty >= worthAsking)
    .slice(0, mostCandidates)
    .map(rounded)
  const coarse = all.filter(({ target }) => !fine.some((one) => one.target.id === target.id))
  for (const level of ['road', 'estate', 'grid', 'community'] as const) {
    const [one, other] = coarse.filter(({ target }) => target.level === level)
    if (one === undefined || one.certainty < sureFrom) continue
    if (one.certainty - (other?.certainty ?? 0) >= apart) return { place: rounded(one), undecided }
    // Two estates of one name: which of them is meant only a person knows.
    if (level === 'estate' && undecided.length === 0)
      undecided.push(
        ...coarse
          .filter(({ target, certainty }) => target.level === level && one.certainty - certainty < apart)
          .slice(0, mostCandidates)
          .map(rounded),
      )
  }
  const common = commonArea(gazetteer, undecided)
  return { place: common !== null && agrees(common.target, within) === 1 ? common : null, undecided }
}

/** The community that all candidates lie in. */
function commonArea({ areas }: Gazetteer, candidates: readonly AddressCandidate[]): AddressCandidate | null {
  const codes = new Set(candidates.map(({ target }) => target.communityCode))
  const [code] = codes
  const target = codes.size === 1 && code != null ? areas.get(code) : undefined
  return target === undefined ? null : { target, certainty: sureFrom }
}

function agrees({ communityCode, gridCode }: AddressTarget, within: Within): number {
  if (within.communityCode !== null && communityCode !== null && communityCode !== within.communityCode) return 0.6
  return within.gridCode !== null && gridCode !== null && gridCode !== within.gridCode ? 0.9 : 1
}

function rounded({ target, certainty }: AddressCandidate): AddressCandidate {
  return { target, certainty: Math.round(Math.min(1, certainty) * 100) / 100 }
}
