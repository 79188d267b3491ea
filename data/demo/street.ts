import type { Area } from '@minqing/data/domain/area'
import type { Building } from '@minqing/data/domain/building'
import type { Facility } from '@minqing/data/domain/facility'
import type { Measured } from '@minqing/data/domain/position-source'
import type { Household, Resident } from '@minqing/data/domain/resident'
import type { AreaContacts, Staff } from '@minqing/data/domain/staff'
import type { Geometry, Polygon } from 'geojson'
import { drawBaseMap } from './base-map/draw-base-map.ts'
import { homeSite, type StreetSite, settle } from './city/site.ts'
import { makeAreas } from './make-areas.ts'
import { makeBuildings } from './make-buildings.ts'
import type { Home } from './make-buildings.ts'
import { makeFacilities } from './make-facilities.ts'
import { makePeople } from './people/make-people.ts'
import { makeStaff } from './people/make-staff.ts'
import { buildUp } from './plan/build-up.ts'

export type AreaWithBoundary = Omit<Area, keyof AreaContacts> & { geometry: Polygon }
export type BuildingWithFootprint = Measured<Building> & { geometry: Polygon }

/** One row of the base map. `rank` orders labels: 1 is the most important. */
export type BaseFeature = {
  id: string
  layer: 'land' | 'water' | 'green' | 'road' | 'rail' | 'place'
  kind: string
  name: string
  rank: number
  geometry: Geometry
}

/** The street as it stands: places and people, without incidents. */
export type DemoStreet = {
  code: string
  seed: number
  site: StreetSite
  areas: AreaWithBoundary[]
  buildings: BuildingWithFootprint[]
  households: Household[]
  residents: Resident[]
  staff: Staff[]
  facilities: Measured<Facility>[]
  base: BaseFeature[]
  /** What the incidents' model knows of each building, in the order of `buildings`. */
  homes: Home[]
}

/**
 * Makes the demo street. The same seed and year give the same bytes.
 *
 * @param year people's ages are counted back from its first day.
 * @param site which street of which scale; the one of the smallest scale by default.
 */
export function makeStreet(seed: number, year: number, site = homeSite): DemoStreet {
  const built = buildUp(seed, site)
  const homes = makeBuildings(built, seed)
  const { households, residents } = makePeople(homes, seed, year)
  const areas = makeAreas(built, homes, site.name)
  const staff = makeStaff(areas, seed)
  const facilities = makeFacilities(homes, seed)
  const base = drawBaseMap(built, homes, site)
  const street: DemoStreet = {
    code: site.code,
    seed,
    site,
    areas,
    buildings: homes.map((home) => home.building),
    households,
    residents,
    staff,
    facilities,
    base,
    homes,
  }
  return settle(street, site)
}
