import type { AreaLevel } from '../domain/area-code.ts'
import type { PositionSource } from '../domain/position-source.ts'

export type KnownBuilding = {
  code: string
  communityCode: string
  gridCode: string | null
  name: string
  address: string
  estate: string | null
  units: number | null
  floors: number | null
  lon: number
  lat: number
  /** How its own position is known: what stands in it is placed no better. */
  positionSource: PositionSource
}
/** A facility, or what the base map names. */
export type KnownPlace = {
  level: 'building' | 'estate'
  name: string
  lon: number
  lat: number
  communityCode: string | null
  gridCode: string | null
  buildingCode: string | null
}
/** A house number that the base map has, on the named road that it is nearest to. */
export type KnownHouse = { road: string; number: string; lon: number; lat: number }
export type NamedArea = { code: string; level: AreaLevel; name: string; lon: number; lat: number }

/** What is known of one street (sub-district). */
export type KnownStreet = {
  areas: readonly NamedArea[]
  buildings: readonly KnownBuilding[]
  places: readonly KnownPlace[]
  roads: readonly string[]
  houses: readonly KnownHouse[]
}
