import type { PositionSource } from '../domain/position-source.ts'
import type { KnownBuilding } from './known-street.ts'
import type { StemmedName } from './spelling.ts'

/** What an address may mean, as exactly as addresses are placed. */
export type AddressLevel = 'building' | 'road' | 'estate' | 'grid' | 'community'

/** A place that an address may mean. `id` names it: the code of a building or area, else its kind and name. */
export type AddressTarget = {
  level: AddressLevel
  id: string
  label: string
  lon: number
  lat: number
  communityCode: string | null
  gridCode: string | null
  buildingCode: string | null
}

/** A building with what an address can contradict. */
export type BuildingTarget = AddressTarget & { units: number | null; floors: number | null }

/** One name in two communities is two estates. */
export type Estate = StemmedName & {
  kind: 'estate'
  buildings: Map<string, BuildingTarget[]>
  roads: Set<string>
  target: AddressTarget
}
/** `estates` are the house numbers at which a whole estate stands, or one in each of several communities. */
export type Road = StemmedName & {
  kind: 'road'
  houses: Map<string, BuildingTarget[]>
  estates: Map<string, Set<Estate>>
}
export type Place = StemmedName & { kind: 'place'; targets: AddressTarget[] }
export type NamedPlace = Estate | Road | Place
export type AreaName =
  | { kind: 'street'; code: string; target: AddressTarget }
  | { kind: 'community'; code: string; target: AddressTarget }
export const noPlace: AddressTarget = {
  level: 'estate',
  id: '',
  label: '',
  lon: 0,
  lat: 0,
  communityCode: null,
  gridCode: null,
  buildingCode: null,
}

/** What a person recognises a building by, with its community. */
export function labelOf({ name, estate, address, code }: KnownBuilding, community: string): string {
  const own = name === '' ? address || code : estate !== null && !name.includes(estate) ? estate + name : name
  return own.includes(community) ? own : community + own
}

/** A building that was itself placed by its address is no more exact than that. */
export function levelOf(source: PositionSource): AddressLevel {
  switch (source) {
    case 'measured':
    case 'address-building':
      return 'building'
    case 'address-road':
      return 'road'
    case 'address-estate':
      return 'estate'
    case 'address-grid':
      return 'grid'
    case 'address-community':
      return 'community'
  }
}

/** An estate as a whole: the middle of its buildings, in the grid that all of them lie in. */
export function middleOf({ name, buildings, target }: Estate, community: string): AddressTarget {
  const all = [...buildings.values()].flat()
  const grids = new Set(all.map(({ gridCode }) => gridCode))
  const [grid] = grids
  return {
    ...target,
    label: name.includes(community) ? name : community + name,
    lon: all.reduce((sum, { lon }) => sum + lon, 0) / all.length,
    lat: all.reduce((sum, { lat }) => sum + lat, 0) / all.length,
    gridCode: grids.size === 1 ? (grid ?? null) : null,
  }
}
