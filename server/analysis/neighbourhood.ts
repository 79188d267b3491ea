import type { AnalysisChoice, AnalysisQuestion } from '@minqing/data/domain/analysis'
import { distanceBand, nearestNeighbours, type Neighbours, neighboursFromLists } from '@minqing/data/stats/neighbours'
import { flatPolygons, polygonNeighbours } from '@minqing/data/stats/contiguity'
import { unitNeighbours } from '@minqing/data/stats/regular-units'
import type { Units } from './units.ts'

export type Neighbourhood = { neighbours: Neighbours; choice: AnalysisChoice }

/** Nearest ones whose mean distance is a building’s reach. */
const usualNeighbours = 8
/** Metres that outlines of neighbouring areas may lie apart, as those drawn by hand do. */
const sliver = 2

/** Which units are neighbours: within the reach that was asked for; without one, cells that touch, and the nearest places. */
export function neighbourhoodOf(units: Units, { unit, reach }: AnalysisQuestion): Neighbourhood {
  if (units.codes.length === 0) return { neighbours: neighboursFromLists([]), choice: touching }
  if (reach !== undefined) return within(units, { name: 'reach', value: reach, because: 'asked' })
  if (units.cells !== null) return { neighbours: unitNeighbours(units.cells, 'queen'), choice: touching }
  if (unit === 'building') {
    if (units.codes.length < 2) return { neighbours: neighboursFromLists(units.codes.map(() => [])), choice: touching }
    const nearest = nearestNeighbours(units.x, units.y, Math.min(usualNeighbours, units.codes.length - 1))
    return within(units, chooseReach(units, nearest))
  }
  const polygons = units.polygons ?? flatPolygons([], () => [0, 0])
  return { neighbours: polygonNeighbours(polygons, { rule: 'queen', tolerance: sliver }), choice: touching }
}

const touching: AnalysisChoice = { name: 'reach', value: null, because: 'touching' }

function within(units: Units, choice: AnalysisChoice): Neighbourhood {
  return { neighbours: distanceBand(units.x, units.y, Number(choice.value)), choice }
}

/** The mean distance to the eighth nearest building, in tens of metres: a neighbourhood of a few buildings wherever they stand. */
function chooseReach({ x, y }: Units, { offsets, indices }: Neighbours): AnalysisChoice {
  let sum = 0
  for (let unit = 0; unit + 1 < offsets.length; unit++) {
    let farthest = 0
    for (let at = offsets[unit]!; at < offsets[unit + 1]!; at++)
      farthest = Math.max(farthest, Math.hypot(x[unit]! - x[indices[at]!]!, y[unit]! - y[indices[at]!]!))
    sum += farthest
  }
  const mean = sum / (offsets.length - 1)
  return { name: 'reach', value: Math.min(1000, Math.max(30, Math.round(mean / 10) * 10)), because: 'buildings' }
}
