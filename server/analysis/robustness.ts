import { type AnalysisRobustness, cellSizes, hasCells, type UnitResult } from '@minqing/data/domain/analysis'
import { unitsOfPoints } from '@minqing/data/stats/regular-units'
import { type Alternative, robustnessOf } from '@minqing/data/stats/robustness'
import type { AnalysisInput } from './analysis-input.ts'
import { methods } from './methods/registry.ts'
import { type Units, unitsOf } from './units.ts'

/** Sizes that are tried, in relation to the one that was used: neighbourhoods grow and shrink with them. */
const otherSizes = [0.75, 1.5, 2]

/**
 * Whether each hot spot survives other sizes and another shape of the cells (`robustnessOf`): the same method is run over
 * the same incidents, whose positions are the places that results are compared by. Null where units are no cells: then
 * positions are not read.
 *
 * @param properties of the units, in their order
 */
export function robustnessOfSpots(
  input: AnalysisInput,
  units: Units,
  properties: readonly UnitResult[],
  progress: (done: number) => void,
): AnalysisRobustness[] | null {
  const { question } = input
  const { cells, points } = units
  const count = properties.reduce((most, { spot }) => Math.max(most, spot ?? 0), 0)
  if (cells === null || points === null || !hasCells(question.unit)) return null
  if (count === 0) return []
  const size = question.unit === 'hexagon' ? cells.side * Math.sqrt(3) : cells.side
  const others = otherSizes
    .map((factor) => Math.min(cellSizes.most, Math.max(cellSizes.least, Math.round(size * factor))))
    .map((other) => ({ varied: 'bandwidth' as const, name: `${other}`, unit: question.unit, size: other }))
  const shape = question.unit === 'hexagon' ? ('square' as const) : ('hexagon' as const)
  const tried = [...others, { varied: 'unit' as const, name: shape, unit: shape, size: Math.round(size) }]
  const alternatives = tried.map(({ varied, name, unit, size: own }, index): Alternative => {
    progress(index / tried.length)
    const asked = { ...question, unit, size: own }
    const { units: other } = unitsOf({ ...input, question: asked })
    const { properties: found } = methods[question.method]({ question: asked, units: other, progress: () => {} })
    return { varied, name, places: placesIn(other, (cell) => found[cell]?.spot !== null) }
  })
  const spots = Array.from({ length: count }, (_, index) =>
    placesIn(units, (cell) => properties[cell]?.spot === index + 1),
  )
  const weights = new Float64Array(points.x.length).fill(1)
  return robustnessOf(spots, weights, alternatives).map(({ badge, survived }, index) => ({
    spot: index + 1,
    badge,
    survived: survived.bandwidth.count + survived.unit.count,
    of: survived.bandwidth.of + survived.unit.of,
  }))
}

/** Positions of the incidents that lie in cells of a kind. */
function placesIn({ cells, points }: Units, isMeant: (cell: number) => boolean): number[] {
  if (cells === null || points === null) return []
  const places: number[] = []
  for (const [place, cell] of unitsOfPoints(cells, points.x, points.y).entries())
    if (cell >= 0 && isMeant(cell)) places.push(place)
  return places
}
