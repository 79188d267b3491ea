import type { UnitResult } from '@minqing/data/domain/analysis'
import type { Neighbours } from '@minqing/data/stats/neighbours'
import type { Units } from '../units.ts'

/** What a method has found of each unit; NaN where nothing can be said. */
export type Findings = Record<'expected' | 'values' | 'z' | 'p' | 'q' | 'classes', Float64Array> & {
  /** Number of the hot spot that a unit belongs to, 0 outside of them. */
  spots: Uint32Array
}

/** The features' properties, in numbers as short as they are meant. */
export function unitResults(units: Units, findings: Findings): UnitResult[] {
  const { expected, values, z, p, q, classes, spots } = findings
  return units.codes.map((code, index) => {
    const households = units.households[index]!
    return {
      code,
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
  })
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function finite(value: number, digits: number): number | null {
  return Number.isFinite(value) ? rounded(value, digits) : null
}

/** Hot units that are neighbours are one hot spot: the one with the highest z is number 1. 0 for units outside. */
export function connectedSpots(classes: Float64Array, z: Float64Array, { offsets, indices }: Neighbours): Uint32Array {
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

/** For units of which a method says nothing. */
export function unknowns(units: Units): Float64Array {
  return new Float64Array(units.codes.length).fill(Number.NaN)
}
