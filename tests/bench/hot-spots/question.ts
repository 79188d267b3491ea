import { toPlane } from '@minqing/data/demo/plan/frame'
import { scriptedIncidents } from '@minqing/data/demo/series/make-series'
import { type DemoStreet, makeStreet } from '@minqing/data/demo/street'
import { type PlantedTruth, truthOf } from '@minqing/data/demo/truth'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { flatPolygons } from '@minqing/data/stats/contiguity'
import type { Neighbours } from '@minqing/data/stats/neighbours'
import { Random } from '@minqing/data/stats/random'
import { coverWithUnits, type RegularUnits, unitNeighbours, unitsOfPoints } from '@minqing/data/stats/regular-units'

/** Incidents as points in metres with the day, counted from 1970 with fractions, on which they were reported. */
export type Points = { x: Float64Array; y: Float64Array; day: Float64Array }

/**
 * Where are more of some incidents than of all? The incidents asked for are cases, and all incidents of the series,
 * cases included, are the population that could have been one: where many are reported, many cases are no hot spot.
 */
export type Question = {
  units: RegularUnits
  neighbours: Neighbours
  cases: Points
  population: Points
  /** By unit. */
  caseCounts: Float64Array
  populationCounts: Float64Array
  /** The share of false hot spots that is allowed. */
  level: number
  seed: number
}

type DemoIncidents = Points & { street: DemoStreet; types: IncidentType[]; bursts: (string | null)[] }

const [from, to] = [Date.parse('2025-05-21T00:00:00+08:00'), Date.parse('2026-11-21T00:00:00+08:00')]
/** Metres of a square: a planted circle, 95 to 140 m in radius, lies in about ten of them. */
const side = 75
const level = 0.05

/** Eighteen months of the demo street. */
export function demoIncidents(seed: number): DemoIncidents {
  const street = makeStreet(seed, 2026)
  const incidents = [...scriptedIncidents(street, from, to)].filter(({ incident }) => incident.position !== null)
  const places = incidents.map(({ incident: { position } }) => toPlane(position?.lon ?? 0, position?.lat ?? 0))
  return {
    street,
    x: Float64Array.from(places, ([x]) => x),
    y: Float64Array.from(places, ([, y]) => y),
    day: Float64Array.from(incidents, ({ incident }) => Date.parse(incident.reportedAt) / 86_400_000),
    types: incidents.map(({ incident }) => incident.type),
    bursts: incidents.map(({ burst }) => burst),
  }
}

/** The question with some of the incidents as cases. */
function ask(incidents: DemoIncidents, isCase: (incident: number) => boolean, seed: number): Question {
  const grids = incidents.street.areas.filter(({ level }) => level === 'grid')
  const polygons = flatPolygons(
    grids.map(({ geometry }) => geometry),
    ([lon = 0, lat = 0]) => toPlane(lon, lat),
  )
  const units = coverWithUnits('square', side, polygons, incidents.x, incidents.y)
  const chosen = [...incidents.x.keys()].filter(isCase)
  const part = (values: Float64Array) => Float64Array.from(chosen, (incident) => values[incident] ?? 0)
  const cases = { x: part(incidents.x), y: part(incidents.y), day: part(incidents.day) }
  const countsOf = ({ x, y }: Points) => {
    const counts = new Float64Array(units.keys.length)
    for (const unit of unitsOfPoints(units, x, y)) counts[unit]!++
    return counts
  }
  return {
    units,
    neighbours: unitNeighbours(units, 'queen'),
    cases,
    population: incidents,
    caseCounts: countsOf(cases),
    populationCounts: countsOf(incidents),
    level,
    seed,
  }
}

/** Relabelings of one street's incidents: which of them are cases is drawn, so that every hot spot is false. */
export function* relabelings(incidents: DemoIncidents, count: number, cases: number): Generator<Question> {
  const all = [...incidents.x.keys()]
  for (let relabeling = 0; relabeling < count; relabeling++) {
    const chosen = new Set(new Random('relabeling', relabeling).shuffle(all).slice(0, cases))
    yield ask(incidents, (incident) => chosen.has(incident), relabeling)
  }
}

export type PlantedQuestion = {
  question: Question
  cluster: PlantedTruth
  /** The units that overlap this cluster, or anything else that was planted in the time asked of with one of its types. */
  isTrue: Uint8Array
  /** Unit of each incident that was planted for this cluster. */
  planted: Int32Array
}

/**
 * For each planted cluster of a street: where were more of its types than of all incidents? Asked of its own time, or of
 * the whole series, for methods that are to find the time as well.
 */
export function plantedQuestions(incidents: DemoIncidents, asked: 'its-time' | 'series'): PlantedQuestion[] {
  const { clusters, projects } = truthOf(incidents.street, from, to)
  return clusters.map((cluster, number) => {
    const asksOf = asked === 'series' ? { from: new Date(from).toISOString(), to: new Date(to).toISOString() } : cluster
    const [begin, end] = [Date.parse(asksOf.from) / 86_400_000, Date.parse(asksOf.to) / 86_400_000]
    const isCase = (incident: number) =>
      incidents.day[incident]! >= begin &&
      incidents.day[incident]! < end &&
      cluster.types.includes(incidents.types[incident]!)
    const question = ask(incidents, isCase, number)
    const { units } = question
    const near = [...clusters, ...projects].filter(
      (other) =>
        other.from < asksOf.to && asksOf.from < other.to && other.types.some((type) => cluster.types.includes(type)),
    )
    const isTrue = Uint8Array.from(units.keys, (_, unit) => Number(near.some((other) => overlaps(units, unit, other))))
    const chosen = [...incidents.x.keys()].filter((incident) => incidents.bursts[incident] === cluster.id)
    const part = (values: Float64Array) => Float64Array.from(chosen, (incident) => values[incident] ?? 0)
    return { question, cluster, isTrue, planted: unitsOfPoints(units, part(incidents.x), part(incidents.y)) }
  })
}

/** Whether a square and a planted circle overlap. */
function overlaps({ x, y, side }: RegularUnits, unit: number, { center, radius }: PlantedTruth): boolean {
  const [cx, cy] = toPlane(center.lon, center.lat)
  const beside = Math.max(0, Math.abs(x[unit]! - cx) - side / 2)
  const above = Math.max(0, Math.abs(y[unit]! - cy) - side / 2)
  return beside * beside + above * above <= radius * radius
}
