import { expect, test } from 'vitest'
import { permutationP, permuteConditionally } from './conditional-permutations.ts'
import { empiricalBayesDeviates } from './empirical-bayes.ts'
import { falseDiscoveryControls, falseDiscoveryRates } from './false-discovery.ts'
import { localG } from './local-g.ts'
import { neighboursFromLists } from './neighbours.ts'
import { twoSidedP } from './normal.ts'
import { Random } from './random.ts'
import { binaryWeights } from './weights.ts'

/** 15 × 15 areas whose households differ by a factor of 40, and 600 incidents dealt to the households at random. */
const side = 15
const areas = side * side
const neighbours = neighboursFromLists(
  Array.from({ length: areas }, (_, area) =>
    Array.from({ length: areas }, (_, other) => other).filter(
      (other) =>
        Math.max(
          Math.abs((other % side) - (area % side)),
          Math.abs(Math.floor(other / side) - Math.floor(area / side)),
        ) <= 1,
    ),
  ),
)
const weights = binaryWeights(neighbours, { self: true })
const random = new Random('false hot spots')
const households = Float64Array.from({ length: areas }, () => Math.round(10 * 40 ** random.next()))
const cumulative = Float64Array.from(households)
for (let area = 1; area < areas; area++) cumulative[area]! += cumulative[area - 1]!

const relabelings = Array.from({ length: 120 }, () => {
  const cases = new Float64Array(areas)
  for (let incident = 0; incident < 600; incident++) cases[random.cumulative(cumulative)]!++
  return empiricalBayesDeviates(cases, households)
})

const level = 0.05
const tests = {
  'Gi*, local Moran by permutations': (values: Float64Array, seed: number) =>
    permutationP(
      permuteConditionally(values, weights, { figure: 'lag', permutations: 4999, enough: 20, seed }),
      'two-sided',
    ),
  'local Geary by permutations': (values: Float64Array, seed: number) =>
    permutationP(
      permuteConditionally(values, weights, { figure: 'geary', permutations: 4999, enough: 20, seed }),
      'two-sided',
    ),
  'Gi* by z': (values: Float64Array) => localG(values, weights).map(twoSidedP),
}

test('where incidents are dealt by households, the share of false hot spots stays at its level', () => {
  for (const [name, test] of Object.entries(tests)) {
    const found = { 'benjamini-hochberg': 0, 'benjamini-yekutieli': 0, none: 0 }
    for (const [seed, values] of relabelings.entries()) {
      const p = test(values, seed)
      for (const control of falseDiscoveryControls) {
        const significant = falseDiscoveryRates(p, control).filter((q) => q <= level).length
        // Every discovery is false here, so that the rate of false discovery of a map is 1 or 0.
        found[control] += control === 'none' ? significant / areas : Number(significant > 0)
      }
    }
    // Three standard errors above the level: of areas without control, of whole maps with it.
    const maps = relabelings.length
    expect(found.none / maps, name).toBeLessThan(level + 0.01)
    expect(found.none / maps, name).toBeGreaterThan(level / 2)
    const limit = level + 3 * Math.sqrt((level * (1 - level)) / maps)
    expect(found['benjamini-hochberg'] / maps, name).toBeLessThan(limit)
    expect(found['benjamini-yekutieli'], name).toBeLessThanOrEqual(found['benjamini-hochberg'])
  }
})

test('the folded p of other programs calls twice as many areas significant', () => {
  let found = 0
  for (const [seed, values] of relabelings.slice(0, 40).entries()) {
    const counts = permuteConditionally(values, weights, { figure: 'lag', permutations: 999, seed })
    found += permutationP(counts, 'folded').filter((p) => p <= level).length / areas / 40
  }
  expect(found).toBeGreaterThan(level * 1.7)
})
