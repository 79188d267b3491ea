import { incidentTypes } from '@minqing/data/domain/incident-type'
import { homeDayNumber, startOfHomeDay } from '@minqing/data/domain/local-time'
import { centroid, signedArea } from '@minqing/data/geo/plane'
import { scriptedIncidents } from '@minqing/data/demo/series/make-series'
import { makeStreet } from '@minqing/data/demo/street'
import { toPlane } from '@minqing/data/demo/plan/frame'
import { flatPolygons, polygonNeighbours } from '@minqing/data/stats/contiguity'
import { truths } from '@minqing/data/stats/backtest'
import type { Neighbours } from '@minqing/data/stats/neighbours'
import { countWeeks, type WeeklyCounts } from '@minqing/data/stats/weekly-counts'

/** A demo street week by week, with what was planted in it. */
export type PlantedWeeks = {
  series: WeeklyCounts
  neighbours: Neighbours
  /** Middles of the grids, and their ground, in metres and square metres. */
  x: Float64Array
  y: Float64Array
  sizes: Float64Array
  /** One of `truths` for `[week * areas + area]`. */
  truth: Uint8Array
  /** The planted cluster that most incidents of a week of an area are of; −1 where none is. */
  cluster: Int16Array
  /** Ids of the planted clusters, as `truthOf` has them. */
  clusters: string[]
}

/** A Monday: the demo's own weeks end before it. */
const end = homeDayNumber(Date.parse('2026-11-23T00:00:00+08:00'))
/** From so many planted incidents on, a week of an area is one in which something happened. */
const leastPlanted = 3

/**
 * All incidents of a street in its last weeks. Something happened in the weeks of grids with three planted incidents of a
 * cluster or more; with fewer, or with incidents of a project, it is unclear; elsewhere nothing happened.
 */
export function plantedWeeks(seed: number, weeks: number): PlantedWeeks {
  const street = makeStreet(seed, 2026)
  const grids = street.areas.filter(({ code }) => code.length === 15)
  const indexOf = new Map(grids.map(({ code }, index) => [code, index]))
  const [areas, types] = [grids.length, incidentTypes.length]
  const firstDay = end - weeks * 7
  const incidents = [...scriptedIncidents(street, startOfHomeDay(firstDay), startOfHomeDay(end), Infinity)]
  const dated = {
    area: incidents.map(({ incident }) => indexOf.get(incident.gridCode ?? '') ?? -1),
    type: incidents.map(({ incident }) => incidentTypes.indexOf(incident.type)),
    day: incidents.map(({ incident }) => homeDayNumber(Date.parse(incident.reportedAt))),
  }
  const planted = new Uint16Array(weeks * areas)
  const other = new Uint8Array(weeks * areas)
  const cluster = new Int16Array(weeks * areas).fill(-1)
  const ids: string[] = []
  for (const [i, { origin, burst }] of incidents.entries()) {
    if (dated.area[i] === -1 || burst === null) continue
    const cell = Math.floor((dated.day[i]! - firstDay) / 7) * areas + dated.area[i]!
    if (origin === 'project') other[cell] = 1
    if (origin !== 'cluster') continue
    planted[cell]!++
    if (!ids.includes(burst)) ids.push(burst)
    cluster[cell] = ids.indexOf(burst)
  }
  const polygons = flatPolygons(
    grids.map(({ geometry }) => geometry),
    ([lon, lat]) => toPlane(lon!, lat!),
  )
  const rings = grids.map(({ geometry }) => geometry.coordinates[0]!.map(([lon, lat]) => toPlane(lon!, lat!)))
  const middles = rings.map(centroid)
  return {
    series: countWeeks(dated, { areas, types, weeks, firstDay }),
    neighbours: polygonNeighbours(polygons, { rule: 'queen', tolerance: 1 }),
    x: Float64Array.from(middles, ([x]) => x),
    y: Float64Array.from(middles, ([, y]) => y),
    sizes: Float64Array.from(rings, (ring) => Math.abs(signedArea(ring))),
    truth: Uint8Array.from(planted, (count, cell) =>
      count >= leastPlanted ? truths.something : count > 0 || other[cell] === 1 ? truths.unclear : truths.nothing,
    ),
    cluster,
    clusters: ids,
  }
}
