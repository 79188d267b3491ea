import { areaSpellings, areaStem, gridNumber } from './area-names.ts'
import { readNumbers, withoutDivisions } from './grammar.ts'
import type { KnownBuilding, KnownHouse, KnownPlace, KnownStreet, NamedArea } from './known-street.ts'
import {
  labelOf,
  levelOf,
  middleOf,
  noPlace,
  type AddressTarget,
  type AreaName,
  type BuildingTarget,
  type Estate,
  type NamedPlace,
  type Place,
  type Road,
} from './named-places.ts'
import { normaliseAddress } from './normalise.ts'
import { likeness, nameStem } from './spelling.ts'

/** Where a name stands in a text. A weak one is a name's stem alone, which counts only before a number. */
export type Span = { start: number; end: number; weak: boolean; named: (NamedPlace | AreaName)[] }

/** More buildings than this of one name are called after what they are (门卫室), not by a name. */
const mostOfAName = 3
/** Of “平房12栋”: a letter or digits alone are no estate. */
const estatePrefix = /^(.*?\p{Script=Han}{2,}.*?)(?:\d+|[A-Z]\d*)栋/u
const houseOnRoad = /^(.*?\p{Script=Han})(\d+)(?:号?(?:附|之|-)(\d+))?号/u

/** Names and numbers of one street, as addresses are looked up in. */
export class Gazetteer {
  readonly areas = new Map<string, AddressTarget>()
  readonly buildings = new Map<string, BuildingTarget>()
  /** community → number of a building → those of any estate. */
  readonly numbered = new Map<string, Map<string, BuildingTarget[]>>()
  /** community → number → grid */
  readonly grids = new Map<string, Map<number, AddressTarget>>()
  /** By community and name. */
  readonly #estates = new Map<string, Estate>()
  readonly #estateNames = new Set<string>()
  readonly #roads = new Map<string, Road>()
  readonly #places = new Map<string, Place>()
  readonly #names = new Map<string, { weak: boolean; named: (NamedPlace | AreaName)[] }>()
  readonly #similar = new Map<string, { place: NamedPlace; likeness: number }[]>()
  readonly #areaSpellings: readonly string[]
  #longest = 0

  constructor({ areas, buildings, places, roads, houses }: KnownStreet) {
    for (const area of areas) this.#addArea(area)
    // A street's comes before its communities' in an address.
    this.#areaSpellings = areas.flatMap(({ level, name }) =>
      level === 'grid' ? [] : areaSpellings(level, normaliseAddress(name)),
    )
    const communities = areas.filter(({ level }) => level === 'community')
    const nameOf = new Map(communities.map(({ code, name }) => [code, name]))
    for (const name of roads) this.#road(normaliseAddress(name))
    for (const building of buildings) this.#addBuilding(building, nameOf.get(building.communityCode) ?? '')
    for (const house of houses) this.#addHouse(house)
    for (const place of places) this.#addPlace(place, nameOf.get(place.communityCode ?? '') ?? '')
    for (const estate of this.#estates.values())
      estate.target = middleOf(estate, nameOf.get(estate.target.communityCode ?? '') ?? '')
    for (const [name, place] of this.#places) if (place.targets.length > mostOfAName) this.#places.delete(name)
    this.#nameAll()
  }

  /** The names in a text, none within another, from left to right. */
  find(text: string): Span[] {
    const spans: Span[] = []
    for (let start = 0; start < text.length;) {
      const span = this.#at(text, start)
      if (span === null) start++
      else {
        spans.push(span)
        start = span.end
      }
    }
    return spans
  }

  /** Known names that a written one may mean, the likeliest first. */
  similar(written: string): { place: NamedPlace; likeness: number }[] {
    let found = this.#similar.get(written)
    if (found === undefined) {
      const all: NamedPlace[] = [...this.#estates.values(), ...this.#roads.values(), ...this.#places.values()]
      const own = { name: written, stem: nameStem(written) }
      found = all
        .map((place) => ({ place, likeness: likeness(own, place) * (isCutRoad(written, place) ? 0.5 : 1) }))
        .filter((one) => one.likeness > 0)
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, 5)
      if (this.#similar.size < 20_000) this.#similar.set(written, found)
    }
    return found
  }

  /** What an `id` names; undefined where nothing does. */
  target(id: string): AddressTarget | undefined {
    const own = this.buildings.get(id) ?? this.areas.get(id)
    if (own !== undefined) return own
    for (const { target } of this.#estates.values()) if (target.id === id) return target
    for (const { targets } of this.#places.values()) for (const target of targets) if (target.id === id) return target
    return undefined
  }

  #at(text: string, start: number): Span | null {
    const isInNumber = (at: number) => /\d/.test(text[at - 1] ?? '') && /\d/.test(text[at] ?? '')
    if (isInNumber(start)) return null
    for (let length = Math.min(this.#longest, text.length - start); length >= 2; length--) {
      const end = start + length
      const found = this.#names.get(text.slice(start, end))
      if (found === undefined || isInNumber(end)) continue
      if (found.weak && !/^(?:$|[\dA-Z])/.test(text.slice(end))) continue
      return { start, end, ...found }
    }
    return null
  }

  #addArea({ code, level, name, lon, lat }: NamedArea): void {
    if (level === 'street') {
      this.areas.set(code, { ...noPlace, level: 'community', id: code, label: name, lon, lat })
      return
    }
    const communityCode = code.slice(0, 12)
    const target: AddressTarget = {
      level: level === 'grid' ? 'grid' : 'community',
      id: code,
      label: name,
      lon,
      lat,
      communityCode,
      gridCode: level === 'grid' ? code : null,
      buildingCode: null,
    }
    this.areas.set(code, target)
    if (level !== 'grid') return
    const community = normaliseAddress(this.areas.get(communityCode)?.label ?? '')
    const grids = this.grids.get(communityCode) ?? new Map<number, AddressTarget>()
    this.grids.set(communityCode, grids)
    const number = gridNumber(normaliseAddress(name), community)
    if (number !== null) grids.set(number, target)
  }

  #addBuilding(building: KnownBuilding, community: string): void {
    const { code, communityCode, gridCode, units, floors, lon, lat } = building
    const name = normaliseAddress(building.name)
    const address = this.#withoutAreas(normaliseAddress(building.address))
    const target: BuildingTarget = {
      level: levelOf(building.positionSource),
      id: code,
      label: labelOf(building, community),
      lon,
      lat,
      communityCode,
      gridCode,
      buildingCode: code,
      units,
      floors,
    }
    this.buildings.set(code, target)
    const estateName = building.estate === null ? '' : normaliseAddress(building.estate)
    const prefix = estateName || this.#afterRoad(estatePrefix.exec(name)?.[1] ?? estatePrefix.exec(address)?.[1] ?? '')
    // 观澜一号3栋 is no house number 1.
    const house = houseOnRoad.exec(prefix === '' ? address : (address.split(prefix)[0] ?? ''))
    const road = house === null ? null : this.#road(house[1] ?? '')
    const number = numberIn(name, prefix) ?? numberIn(address, prefix)
    const houseNumber = house?.[3] === undefined ? (house?.[2] ?? '') : `${house[2]}-${house[3]}`
    if (prefix === '') {
      if (road !== null) add(road.houses, houseNumber, target)
    } else {
      const estate = this.#estate(prefix, communityCode)
      if (road !== null) road.estates.set(houseNumber, (road.estates.get(houseNumber) ?? new Set()).add(estate))
      const before = address.indexOf(prefix)
      if (before > 0) estate.roads.add(address.slice(0, before).replace(/\d.*$/, ''))
      add(estate.buildings, number ?? name, target)
    }
    if (number !== null) {
      const numbered = this.numbered.get(communityCode) ?? new Map<string, BuildingTarget[]>()
      this.numbered.set(communityCode, numbered)
      add(numbered, number, target)
    }
    if (/\p{Script=Han}{3}/u.test(name) && !/\d/.test(name)) this.#place(name).targets.push(target)
  }

  #addHouse({ road: name, number, lon, lat }: KnownHouse): void {
    const house = /^(\d+)号?(?:(?:附|之|-)(\d+)号?)?$/.exec(normaliseAddress(number))
    if (house === null) return
    const key = house[2] === undefined ? (house[1] ?? '') : `${house[1]}-${house[2]}`
    const road = this.#road(normaliseAddress(name))
    // A building with that address says more.
    if (road.houses.has(key)) return
    const label = `${name}${key}号`
    const target = {
      ...noPlace,
      level: 'road',
      id: `road:${road.name}#${key}`,
      label,
      lon,
      lat,
      units: null,
      floors: null,
    } as const
    road.houses.set(key, [target])
  }

  #addPlace(place: KnownPlace, community: string): void {
    const name = normaliseAddress(place.name)
    if (name.length < 3 || this.#estateNames.has(name) || this.#roads.has(name)) return
    const { level, lon, lat, communityCode, gridCode, buildingCode } = place
    const known = this.#place(name)
    // A school's building and the school.
    if (known.targets.some((target) => Math.abs(target.lon - lon) < 0.002 && Math.abs(target.lat - lat) < 0.002)) return
    // An answer that names the label is understood as an address.
    const named = community === '' ? place.name : `${community}${place.name}`
    const isAlone = known.targets.every((target) => target.label !== named)
    const label = isAlone ? named : `${named}（${lon.toFixed(4)}, ${lat.toFixed(4)}）`
    const id = buildingCode ?? label
    known.targets.push({ level, id, label, lon, lat, communityCode, gridCode, buildingCode })
  }

  /** An address without the areas and roads that it begins with. */
  #withoutAreas(address: string): string {
    let rest = withoutDivisions(address)
    for (const spelling of this.#areaSpellings) if (rest.startsWith(spelling)) rest = rest.slice(spelling.length)
    return rest
  }

  #afterRoad(prefix: string): string {
    const road = [...this.#roads.keys()]
      .filter((name) => prefix.startsWith(name))
      .sort((a, b) => b.length - a.length)[0]
    const rest = road === undefined ? prefix : prefix.slice(road.length).replace(/^\d+号/, '')
    return rest.length < 2 ? '' : rest.replace(/^.*\d+号/, '')
  }

  #estate(name: string, communityCode: string): Estate {
    const key = `${communityCode} ${name}`
    let estate = this.#estates.get(key)
    if (estate === undefined) {
      estate = {
        kind: 'estate',
        name,
        stem: nameStem(name),
        buildings: new Map(),
        roads: new Set(),
        target: { ...noPlace, id: `estate:${communityCode}:${name}`, label: name, communityCode },
      }
      this.#estates.set(key, estate)
      this.#estateNames.add(name)
    }
    return estate
  }

  #road(name: string): Road {
    let road = this.#roads.get(name)
    if (road === undefined) {
      road = { kind: 'road', name, stem: nameStem(name), houses: new Map(), estates: new Map() }
      this.#roads.set(name, road)
    }
    return road
  }

  #place(name: string): Place {
    let place = this.#places.get(name)
    if (place === undefined) {
      place = { kind: 'place', name, stem: nameStem(name), targets: [] }
      this.#places.set(name, place)
    }
    return place
  }

  #nameAll(): void {
    const all: NamedPlace[] = [...this.#estates.values(), ...this.#roads.values(), ...this.#places.values()]
    for (const place of all) if (place.name.length >= 2) this.#name(place.name, false, place)
    for (const [code, target] of this.areas) {
      if (code.length === 15) continue
      const kind = code.length === 9 ? 'street' : 'community'
      for (const spelling of areaSpellings(kind, target.label))
        this.#name(normaliseAddress(spelling), false, { kind, code, target })
    }
    const strong = new Set(this.#names.keys())
    for (const estate of this.#estates.values()) {
      if (!strong.has(estate.stem)) this.#name(estate.stem, true, estate)
    }
    for (const [code, target] of this.areas) {
      const stem = areaStem(normaliseAddress(target.label))
      if (code.length === 12 && !this.#names.has(stem)) this.#name(stem, true, { kind: 'community', code, target })
    }
  }

  #name(name: string, weak: boolean, named: NamedPlace | AreaName): void {
    const there = this.#names.get(name)
    if (there === undefined) this.#names.set(name, { weak, named: [named] })
    else if (there.weak === weak) there.named.push(named)
    this.#longest = Math.max(this.#longest, name.length)
  }
}

/** 炉前 is no 炉前巷: there may be a 炉前路. */
function isCutRoad(written: string, { kind, name }: NamedPlace): boolean {
  return kind === 'road' && written.length < name.length
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const there = map.get(key)
  if (there === undefined) map.set(key, [value])
  else there.push(value)
}

/** The number of a building, behind its estate's name or alone. */
function numberIn(text: string, estate: string): string | null {
  const at = estate === '' ? -1 : text.indexOf(estate)
  if (at === -1 && !/^(?:\d+|[A-Z]\d*)(?:栋|号|$)/.test(text)) return null
  const { building, between } = readNumbers(at === -1 ? text : text.slice(at + estate.length))
  return between === '' ? (building?.number ?? null) : null
}
