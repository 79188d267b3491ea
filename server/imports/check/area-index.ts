import { areaStem } from '@minqing/data/addresses/area-names'
import { communityOf, streetOf, type AreaLevel } from '@minqing/data/domain/area-code'
import { AreaLocator } from '@minqing/data/geo/locate'
import type { MultiPolygon, Polygon } from 'geojson'

export type KnownArea = {
  code: string
  level: AreaLevel
  name: string
  source: string
  sourceId: string | null
  /** Its middle, in degrees. */
  lon: number
  lat: number
  /** GeoJSON text. */
  geometry: string
}

/** Of a street of which no boundary is known yet. */
function isEmpty(geometry: string): boolean {
  return geometry.endsWith('"coordinates":[]}')
}

export type Location = { streetCode: string; communityCode: string | null; gridCode: string | null }

/**
 * The areas of the database as an import needs them: by code, by name, and by position. The demo's, which lie on a real
 * city, hold positions only while there are no others.
 */
export class AreaIndex {
  readonly byCode: ReadonlyMap<string, KnownArea>
  readonly #byName: ReadonlyMap<string, KnownArea[]>
  readonly #locators = new Map<AreaLevel, AreaLocator>()
  readonly #street: string | null
  readonly #onlyDemo: boolean
  #onlyStreet: string | null | undefined

  /** @param street the street that holds whatever lies in no area, or null */
  constructor(areas: readonly KnownArea[], street: string | null) {
    this.byCode = new Map(areas.map((area) => [area.code, area]))
    this.#street = street
    this.#onlyDemo = areas.every(({ source }) => source === 'demo')
    this.#byName = Map.groupBy(areas, ({ level, name }) => `${level} ${areaStem(name)}`)
  }

  /** The smallest known area around a position, or null outside all of them. */
  locate(lon: number, lat: number): Location | null {
    const gridCode = this.#locator('grid').locate(lon, lat)
    if (gridCode !== null) return this.of(gridCode)
    const code = this.#locator('community').locate(lon, lat) ?? this.#locator('street').locate(lon, lat)
    if (code !== null) return this.of(code)
    return this.#street === null ? null : this.of(this.#street)
  }

  /** Whether a position lies in the demo and nothing else says where it belongs. */
  isInDemo(street: string): boolean {
    return this.#street === null && this.byCode.get(street)?.source === 'demo'
  }

  /** Longitude and latitude of a street that is known here; null where there is none. The demo's is nobody's. */
  middle(): [lon: number, lat: number] | null {
    for (const { level, source, lon, lat, geometry } of this.byCode.values())
      if (level === 'street' && source !== 'demo' && !isEmpty(geometry)) return [lon, lat]
    return null
  }

  /** Whether a position lies outside the boundary of the street named for the file; false where it has none yet. */
  isBeyond(lon: number, lat: number): boolean {
    const street = this.#street === null ? undefined : this.byCode.get(this.#street)
    if (street === undefined || isEmpty(street.geometry)) return false
    return this.#locator('street').locate(lon, lat) === null
  }

  /** A code as street, community and grid. */
  of(code: string): Location {
    return {
      streetCode: streetOf(code),
      communityCode: code.length >= 12 ? communityOf(code) : null,
      gridCode: code.length >= 15 ? code : null,
    }
  }

  /** The community that a place outside all of them is counted to; its street's 001 while it has none. */
  nearestCommunity(lon: number, lat: number, street: string): string {
    let nearest = { code: `${street}001`, distance: Infinity }
    for (const { code, level, lon: x, lat: y } of this.byCode.values()) {
      if (level !== 'community' || !code.startsWith(street)) continue
      const distance = Math.hypot((x - lon) * Math.cos(lat * (Math.PI / 180)), y - lat)
      if (distance < nearest.distance) nearest = { code, distance }
    }
    return nearest.code
  }

  /** The street nearest to a place, the demo's left aside; null where there is none. */
  nearestStreet(lon: number, lat: number): string | null {
    let nearest: { code: string | null; distance: number } = { code: null, distance: Infinity }
    for (const { code, level, source, lon: x, lat: y } of this.byCode.values()) {
      if (level !== 'street' || source === 'demo') continue
      const distance = Math.hypot((x - lon) * Math.cos(lat * (Math.PI / 180)), y - lat)
      if (distance < nearest.distance) nearest = { code, distance }
    }
    return nearest.code
  }

  /** The only street that there is, the demo's left aside; null where there are several or none. */
  onlyStreet(): string | null {
    if (this.#onlyStreet === undefined) {
      const streets = [...this.byCode.values()].filter(({ level, source }) => level === 'street' && source !== 'demo')
      this.#onlyStreet = streets.length === 1 ? (streets[0]?.code ?? null) : null
    }
    return this.#onlyStreet
  }

  /**
   * Codes of the areas that are called so, with or without what such areas are called after their names: every
   * community may have its 第一网格, and 建设 is 建设社区 where there is no 建设村.
   */
  named(level: AreaLevel, name: string): string[] {
    const alike = this.#byName.get(`${level} ${areaStem(name)}`) ?? []
    const exact = alike.filter((area) => area.name === name)
    const areas = exact.length > 0 ? exact : alike
    const real = areas.filter(({ source }) => source !== 'demo')
    return (real.length > 0 ? real : areas).map(({ code }) => code)
  }

  #locator(level: AreaLevel): AreaLocator {
    let locator = this.#locators.get(level)
    if (locator === undefined) {
      const areas = [...this.byCode.values()].filter(
        (area) => area.level === level && (area.source !== 'demo' || this.#onlyDemo),
      )
      locator = new AreaLocator(
        areas.map(({ code, geometry }) => ({ code, geometry: JSON.parse(geometry) as Polygon | MultiPolygon })),
      )
      this.#locators.set(level, locator)
    }
    return locator
  }
}
