import type { GlobalFigures } from '@minqing/data/domain/global-figures'
import { gearyC, generalG, type GlobalStatistic, moranI } from '@minqing/data/stats/global-autocorrelation'
import type { Neighbours } from '@minqing/data/stats/neighbours'
import { binaryWeights, rowStandardisedWeights } from '@minqing/data/stats/weights'
import { canCompare, fewestUnits } from './significance.ts'

/**
 * Moran’s I and Geary’s C with row-standardised weights and general G with binary ones, as is usual; moments under
 * randomisation. Null where the units cannot be compared; figures are null where fewer than `fewestUnits` have neighbours.
 *
 * @param values one finite number a unit, none negative
 */
export function globalFigures(values: Float64Array, neighbours: Neighbours): GlobalFigures | null {
  if (!canCompare(values)) return null
  const weights = rowStandardisedWeights(neighbours)
  return {
    moran: figureOf(moranI(values, weights)),
    geary: figureOf(gearyC(values, weights)),
    generalG: figureOf(generalG(values, binaryWeights(neighbours))),
  }
}

/** The variance has n − 3 below the line: of three units it is infinite or no number, and z would be 0. */
function figureOf({ value, expected, variance, z, p, areas }: GlobalStatistic): GlobalFigures['moran'] {
  const known = areas >= fewestUnits && Number.isFinite(variance) && Number.isFinite(z)
  return {
    value: known ? short(value) : null,
    expected: known ? short(expected) : null,
    z: known ? short(z) : null,
    p: known ? Number(p.toFixed(8)) : null,
  }
}

function short(value: number): number {
  return Number(value.toPrecision(8))
}
