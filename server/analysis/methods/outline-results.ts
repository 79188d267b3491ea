import { polygonsArea } from '@minqing/data/geo/ellipsoid-area'
import { AreaLocator } from '@minqing/data/geo/locate'
import { toDegrees } from '@minqing/data/geo/point-clusters'
import type { Polygons } from '@minqing/data/stats/raster-polygons'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import type { Units } from '../units.ts'

/** Outlines in the metres of the units, as GeoJSON with seven decimals of a degree, and their size. */
export function outlineOf({ frame }: Units, polygons: Polygons): { geometry: string; hectares: number } {
  const coordinates = polygons.map((rings) =>
    rings.map((ring) =>
      ring.map(([x = 0, y = 0]): Position => {
        const [lon, lat] = toDegrees(frame, x, -y)
        return [Number(lon.toFixed(7)), Number(lat.toFixed(7))]
      }),
    ),
  )
  const [only] = coordinates
  const geometry: Polygon | MultiPolygon =
    coordinates.length === 1 && only !== undefined
      ? { type: 'Polygon', coordinates: only }
      : { type: 'MultiPolygon', coordinates }
  return { geometry: JSON.stringify(geometry), hectares: Number((polygonsArea(coordinates) / 10_000).toFixed(4)) }
}

/** Names for groups of positions: the place that holds most of them, with a number where it names several groups. */
export class PlaceNames {
  readonly #units: Units
  readonly #locator: AreaLocator
  readonly #seen = new Map<string, number>()

  constructor(units: Units) {
    this.#units = units
    const areas = units.geometries.map((geometry, index) => ({
      code: String(index),
      geometry: JSON.parse(geometry) as Polygon | MultiPolygon,
    }))
    this.#locator = new AreaLocator(areas)
  }

  /** @param points indices of the incidents */
  nameOf(points: readonly number[]): string {
    const { names, frame } = this.#units
    const { x, y } = this.#units.points ?? { x: new Float64Array(), y: new Float64Array() }
    const places = points.flatMap((point) => {
      const place = this.#locator.locate(...toDegrees(frame, x[point]!, -y[point]!))
      return place === null ? [] : [Number(place)]
    })
    const [most] = [...Map.groupBy(places, (place) => place)].toSorted(
      (a, b) => b[1].length - a[1].length || a[0] - b[0],
    )
    const name = most === undefined ? '' : (names[most[0]] ?? '')
    const number = (this.#seen.get(name) ?? 0) + 1
    this.#seen.set(name, number)
    return `${name} #${number}`.trimStart()
  }
}
