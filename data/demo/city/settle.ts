import type { Geometry, Position } from 'geojson'
import { toPlane } from '../plan/frame.ts'
import type { DemoStreet } from '../street.ts'
import { lonLatAt, renamed, type StreetSite } from './site.ts'

/** Brings a street that was made at the first site to its own, with its own names. The first stays as it is. */
export function settle(street: DemoStreet, site: StreetSite): DemoStreet {
  if (site.words.size === 0) return street
  const at = lonLatAt(site)
  const move = ([lon, lat]: Position): Position => at(toPlane(lon as number, lat as number))
  const moved = ({ lon, lat }: { lon: number; lat: number }) => {
    const [x, y] = move([lon, lat]) as [number, number]
    return { lon: x, lat: y }
  }
  for (const area of street.areas) {
    area.name = renamed(site, area.name)
    area.center = moved(area.center)
    area.geometry = movedGeometry(area.geometry, move)
  }
  for (const { building } of street.homes) {
    building.name = renamed(site, building.name)
    building.address = renamed(site, building.address)
    building.estate = building.estate === null ? null : renamed(site, building.estate)
    building.center = moved(building.center)
    building.geometry = movedGeometry(building.geometry, move)
  }
  for (const home of street.homes) home.road = renamed(site, home.road)
  for (const facility of street.facilities) {
    facility.name = renamed(site, facility.name)
    facility.address = renamed(site, facility.address)
    facility.position = moved(facility.position)
  }
  for (const feature of street.base) {
    feature.name = renamed(site, feature.name)
    feature.geometry = movedGeometry(feature.geometry, move)
  }
  return street
}

function movedGeometry<G extends Geometry>(geometry: G, move: (position: Position) => Position): G {
  if (geometry.type === 'GeometryCollection') throw new TypeError('the demo draws no collections')
  const deep = (coordinates: unknown): unknown =>
    typeof (coordinates as unknown[])[0] === 'number'
      ? move(coordinates as Position)
      : (coordinates as unknown[]).map(deep)
  return { ...geometry, coordinates: deep(geometry.coordinates) }
}
