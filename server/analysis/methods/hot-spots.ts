import { significanceClass, type UnitResult } from '@minqing/data/domain/analysis'
import { falseDiscoveryRates } from '@minqing/data/stats/false-discovery'
import { localG } from '@minqing/data/stats/local-g'
import { islandsOf, type Neighbours } from '@minqing/data/stats/neighbours'
import { twoSidedP } from '@minqing/data/stats/normal'
import { binaryWeights } from '@minqing/data/stats/weights'
import { neighbourhoodOf } from '../neighbourhood.ts'
import type { Units } from '../units.ts'
import { measured } from './measure.ts'
import type { Method } from './method.ts'

/**
 * Gi* of every unit (Ord & Getis 1995) with its p-value, and q under control of false discovery. Hot spots are units that
 * are significantly hot and touch each other in the neighbourhood that Gi* has compared.
 */
export const hotSpots: Method = ({ question, units, progress }) => {
  const { neighbours, choice: reach } = neighbourhoodOf(units, question)
  progress(0.3)
  const { choice: measure, values, expected } = measured(units, question)
  const { z, p, q } = significance(values, neighbours)
  progress(0.8)
  const classes = z.map((score, index) => significanceClass(score, q[index]!))
  const spots = connected(classes, z, neighbours)
  return {
    chosen: [measure, reach],
    islands: islandsOf(neighbours).length,
    properties: units.codes.map((_, index) => unitResult(units, index, { expected, values, z, p, q, classes, spots })),
  }
}

type Scores = Record<'z' | 'p' | 'q', Float64Array>

/** Units without a value (no households) are taken as having none more or less than the mean: they say nothing. */
function significance(values: Float64Array, neighbours: Neighbours): Scores {
  const known = values.filter((value) => !Number.isNaN(value))
  if (known.length < 3) {
    const nothing = () => new Float64Array(values.length).fill(Number.NaN)
    return { z: nothing(), p: nothing(), q: nothing() }
  }
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const filled = values.map((value) => (Number.isNaN(value) ? mean : value))
  const scores = localG(filled, binaryWeights(neighbours, { self: true }))
  const z = scores.map((score, index) => (Number.isNaN(values[index]!) ? Number.NaN : score))
  const p = z.map(twoSidedP)
  return { z, p, q: falseDiscoveryRates(p, 'benjamini-hochberg') }
}

/** Numbers of the hot spots that units belong to, 0 outside: the spot with the highest z is 1. */
function connected(classes: Float64Array, z: Float64Array, { offsets, indices }: Neighbours): Uint32Array {
  const spots = new Uint32Array(classes.length)
  const order = [...classes.keys()].filter((unit) => classes[unit]! > 0)
  order.sort((a, b) => z[b]! - z[a]! || a - b)
  let count = 0
  for (const start of order) {
    if (spots[start] !== 0) continue
    count += 1
    const pending = [start]
    spots[start] = count
    for (let unit = pending.pop(); unit !== undefined; unit = pending.pop())
      for (let at = offsets[unit]!; at < offsets[unit + 1]!; at++) {
        const other = indices[at]!
        if (classes[other]! <= 0 || spots[other] !== 0) continue
        spots[other] = count
        pending.push(other)
      }
  }
  return spots
}

type Columns = Scores & Record<'expected' | 'values' | 'classes', Float64Array> & { spots: Uint32Array }

function unitResult(units: Units, index: number, columns: Columns): UnitResult {
  const { expected, values, z, p, q, classes, spots } = columns
  const households = units.households[index]!
  return {
    code: units.codes[index]!,
    name: units.names[index]!,
    incidents: units.incidents[index]!,
    households: Number.isNaN(households) ? null : households,
    hectares: rounded(units.hectares[index]!, 4),
    expected: rounded(expected[index]!, 3),
    value: finite(values[index]!, 4),
    z: finite(z[index]!, 6),
    p: finite(p[index]!, 8),
    q: finite(q[index]!, 8),
    // Not minus zero.
    class: classes[index]! || 0,
    spot: spots[index] === 0 ? null : spots[index]!,
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function finite(value: number, digits: number): number | null {
  return Number.isFinite(value) ? rounded(value, digits) : null
}
