import { expect, test } from 'vitest'
import { binomialLowerTail, binomialUpperTail } from './binomial.ts'
import { emergingClasses, spaceTimeBaselines } from '../domain/emerging-hot-spot.ts'
import { emergingClass, emergingHotSpots, type EmergingOptions } from './emerging-hot-spots.ts'
import { neighboursFromLists } from './neighbours.ts'
import { twoSidedP } from './normal.ts'
import { Random } from './random.ts'
import { poissonModel } from './scan-model.ts'
import { spaceTimeBinomialP, spaceTimeLocalG } from './space-time-local-g.ts'

const side = 24
const steps = 20
/** Blocks of 4 × 4 cells have one course of time; the cells of a block beside each other are neighbours. */
const block = 4

const lists = Array.from({ length: side * side }, (_, unit) => {
  const [column, row] = [unit % side, Math.floor(unit / side)]
  const near: number[] = []
  for (let dx = -1; dx <= 1; dx++)
    for (let dy = -1; dy <= 1; dy++) {
      const [x, y] = [column + dx, row + dy]
      if ((dx !== 0 || dy !== 0) && x >= 0 && y >= 0 && x < side && y < side) near.push(y * side + x)
    }
  return near
})
const neighbours = neighboursFromLists(lists)

/** Height of a block in each step, from what is usual. */
const courses: ((step: number, stepsBefore: number) => number)[] = [
  (step) => (step === steps - 1 ? 20 : 0),
  (step) => (step >= steps - 4 ? 12 : 0),
  (step) => 8 + step * 0.5,
  () => 10,
  (step) => 18 - step * 0.5,
  (step) => (step >= 15 || (step >= 7 && step < 11) ? 12 : 0),
  (step) => (step >= 15 || (step >= 7 && step < 11) ? 12 : step < 5 ? -12 : 0),
  // Low enough in the last step that with the steps before it nothing is left.
  (step, stepsBefore) => (step === steps - 1 ? -10 * stepsBefore : 10),
]

function planted(seed: number, stepsBefore = 0): Float64Array {
  const random = new Random(seed, 'cube')
  const values = new Float64Array(side * side * steps)
  const blocks = (side / block) ** 2
  // Each course once upwards and once downwards, and the rest of the blocks as usual.
  const order = random.shuffle(Array.from({ length: blocks }, (_, i) => i))
  for (let unit = 0; unit < side * side; unit++) {
    const [column, row] = [unit % side, Math.floor(unit / side)]
    const at = order[Math.floor(row / block) * (side / block) + Math.floor(column / block)]!
    for (let step = 0; step < steps; step++) {
      const course = courses[at % courses.length]!
      const height = at >= courses.length * 2 ? 0 : (at < courses.length ? 1 : -1) * course(step, stepsBefore)
      values[unit * steps + step] = Math.round(20 + height + random.bell(0, 2))
    }
  }
  return values
}

/** Gi* by its formula over a list of values, and classes by their wording, as expressions over a text of H, C and dots. */
function plainEmerging(values: Float64Array, { baseline, stepsBefore }: EmergingOptions) {
  const units = lists.length
  const z = new Float64Array(values.length)
  for (let step = 0; step < steps; step++) {
    const near = [step, step - 1, step - 2, step - 3].filter((at) => at >= 0 && at >= step - stepsBefore)
    const compared = baseline === 'whole-cube' ? [...Array(steps).keys()] : baseline === 'single-step' ? [step] : near
    const all = compared.flatMap((at) => lists.map((_, unit) => values[unit * steps + at]!))
    const n = all.length
    const mean = all.reduce((sum, value) => sum + value, 0) / n
    const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
    for (let unit = 0; unit < units; unit++) {
      const around = near.flatMap((at) => [unit, ...lists[unit]!].map((other) => values[other * steps + at]!))
      const w = around.length
      const sum = around.reduce((sum, value) => sum + value, 0)
      z[unit * steps + step] = (sum - mean * w) / (deviation * Math.sqrt((n * w - w * w) / (n - 1)))
    }
  }
  const p = [...z].map(twoSidedP)
  const sorted = p.toSorted((a, b) => a - b)
  // Benjamini & Hochberg: all up to the last one that lies below its share of the level.
  const limit = (ascending: number[]) =>
    ascending.findLast((value, i) => value <= (0.05 * (i + 1)) / ascending.length) ?? -1
  const texts = lists.map((_, unit) =>
    Array.from({ length: steps }, (_, step) => {
      const cell = unit * steps + step
      return p[cell]! > limit(sorted) ? '.' : z[cell]! > 0 ? 'H' : 'C'
    }).join(''),
  )
  const trends = lists.map((_, unit) => plainTrend(z.subarray(unit * steps, (unit + 1) * steps)))
  const trendLimit = limit(trends.map(({ p }) => p).toSorted((a, b) => a - b))
  const classes = texts.map((text, unit) => {
    const { s, p } = trends[unit]!
    const rising = p > trendLimit ? 0 : Math.sign(s)
    return plainClass(text, rising) ?? mirrored(plainClass(mirror(text), -rising)) ?? 'none'
  })
  return { z, classes }
}

function plainTrend(series: Float64Array) {
  let s = 0
  let variance = (steps * (steps - 1) * (2 * steps + 5)) / 18
  for (let i = 0; i < steps; i++) {
    for (let j = i + 1; j < steps; j++) s += Number(series[j]! > series[i]!) - Number(series[j]! < series[i]!)
    const equal = series.filter((value) => value === series[i]).length
    // Each of a group of t adds its part of the group's t (t − 1) (2t + 5).
    variance -= ((equal - 1) * (2 * equal + 5)) / 18
  }
  return { s, p: twoSidedP(s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance)) }
}

function plainClass(text: string, rising: number): string | null {
  const often = text.replaceAll(/[^H]/g, '').length * 10 >= text.length * 9
  if (often && text.endsWith('.')) return 'historical-hot'
  if (!text.endsWith('H')) return null
  if (often) return rising > 0 ? 'intensifying-hot' : rising < 0 ? 'diminishing-hot' : 'persistent-hot'
  if (/^[^H]*H$/.test(text)) return 'new-hot'
  if (/^[^H]*H+$/.test(text)) return 'consecutive-hot'
  return text.includes('C') ? 'oscillating-hot' : 'sporadic-hot'
}

function mirror(text: string): string {
  return text.replaceAll(/[HC]/g, (letter) => (letter === 'H' ? 'C' : 'H'))
}

function mirrored(name: string | null): string | null {
  return name === null ? null : name.replace('hot', 'cold')
}

const neighbourhoods = [
  { baseline: 'whole-cube', stepsBefore: 1 },
  { baseline: 'neighbourhood-steps', stepsBefore: 2 },
  { baseline: 'single-step', stepsBefore: 0 },
] as const

for (const neighbourhood of neighbourhoods) {
  test(`${neighbourhood.baseline}: Gi* and classes are those of a plain second implementation, and each class occurs`, () => {
    const values = planted(1, neighbourhood.stepsBefore)
    const found = emergingHotSpots(values, neighbours, { ...neighbourhood, significance: 'normal' })
    const plain = plainEmerging(values, neighbourhood)
    const apart = found.z.reduce((most, z, cell) => Math.max(most, Math.abs(z - plain.z[cell]!)), 0)
    expect(apart).toBeLessThan(1e-9)
    expect(found.classes).toEqual(plain.classes)
    expect(new Set(found.classes)).toEqual(new Set(emergingClasses))
    expect(found.options).toEqual({
      ...neighbourhood,
      level: 0.05,
      control: 'benjamini-hochberg',
      significance: 'normal',
    })
  })
}

test('what the neighbourhood is compared with makes a difference', () => {
  // Twice as much everywhere in the last step: no place stands out in that step, all do in the whole cube.
  const random = new Random(2, 'cube')
  const values = Float64Array.from({ length: side * side * steps }, (_, cell) =>
    Math.round((cell % steps === steps - 1 ? 40 : 20) + random.bell(0, 3)),
  )
  const share = (baseline: (typeof spaceTimeBaselines)[number], stepsBefore: number) => {
    const { states } = emergingHotSpots(values, neighbours, { baseline, stepsBefore, significance: 'normal' })
    const last = states.filter((_, cell) => cell % steps === steps - 1)
    return last.filter((state) => state === 1).length / last.length
  }
  expect(share('whole-cube', 0)).toBe(1)
  expect(share('single-step', 0)).toBeLessThan(0.01)
  expect(share('neighbourhood-steps', 1)).toBeLessThan(0.05)
})

/** Rare events in a field of 10 × 10: most units and steps have none. */
const [few, fewSteps] = [10, 10]
const fewLists = Array.from({ length: few * few }, (_, unit) =>
  Array.from({ length: few * few }, (_, other) => other).filter(
    (other) =>
      other !== unit &&
      Math.abs((other % few) - (unit % few)) <= 1 &&
      Math.abs(Math.floor(other / few) - Math.floor(unit / few)) <= 1,
  ),
)

function rare(seed: number): Float64Array {
  const random = new Random(seed, 'rare')
  return Float64Array.from({ length: few * few * fewSteps }, () => random.poisson(0.05))
}

test('where nothing clusters, permutations seldom call anything a spot, and the normal distribution does', () => {
  const around = neighboursFromLists(fewLists)
  const significance = (seed: number) => ({ permutations: 9999, enough: 20, seed })
  let normal = 0
  for (const neighbourhood of neighbourhoods) {
    let permuted = 0
    for (let seed = 0; seed < 12; seed++) {
      const isSpot = (options: Pick<EmergingOptions, 'significance'>) =>
        emergingHotSpots(rare(seed), around, { ...neighbourhood, ...options }).states.some((state) => state !== 0)
      if (isSpot({ significance: significance(seed) })) permuted++
      if (neighbourhood.baseline === 'whole-cube' && isSpot({ significance: 'normal' })) normal++
    }
    // Of 12, 0.6 are expected at a level of 5 %; 4 or more by chance in one of 300 such tests.
    expect(permuted).toBeLessThan(4)
  }
  expect(normal).toBeGreaterThan(8)
})

test('with populations that differ, counts are compared with what is expected of them', () => {
  const around = neighboursFromLists(fewLists)
  const random = new Random(5, 'population')
  // Half of the units have twenty times the population of the others.
  const population = Float64Array.from(
    { length: few * few },
    (_, unit) => (unit % few < 5 ? 20 : 1) * random.between(1, 2),
  )
  for (const neighbourhood of neighbourhoods) {
    let spots = 0
    for (let seed = 0; seed < 40; seed++) {
      const drawing = new Random(seed, 'cases')
      const drawn = Uint32Array.from({ length: few * few * fewSteps }, (_, cell) =>
        drawing.poisson(population[Math.floor(cell / fewSteps)]! * 0.02),
      )
      const { expected } = poissonModel(drawn, population, fewSteps)
      const cases = Float64Array.from(drawn)
      const deviates = cases.map((count, cell) => (count - expected[cell]!) / Math.sqrt(expected[cell]!))
      const options = { ...neighbourhood, significance: 'binomial' } as const
      const found = emergingHotSpots(deviates, around, options, { cases, expected })
      if (found.states.some((state) => state !== 0)) spots++
    }
    // 2 of 40 are expected at most; 7 or more by chance in one of 300 such tests.
    expect(spots).toBeLessThan(7)
  }
  const none = new Float64Array(few * few * fewSteps)
  expect(() => emergingHotSpots(none, around, { ...neighbourhoods[0], significance: 'binomial' })).toThrow(
    'needs cases',
  )
})

test('binomial p is that of the cases of a neighbourhood among those that it is compared with', () => {
  const around = neighboursFromLists(fewLists)
  const cases = rare(7).map((count, cell) => count + (cell % 7 === 0 ? 1 : 0))
  const { expected } = poissonModel(
    Uint32Array.from(cases),
    Float64Array.from(fewLists, (_, unit) => 1 + (unit % 3)),
    fewSteps,
  )
  const { p, excess } = spaceTimeBinomialP({ cases, expected }, around, {
    baseline: 'neighbourhood-steps',
    stepsBefore: 1,
  })
  const sum = (values: Float64Array, units: number[]) =>
    units.reduce((sum, unit) => sum + values[unit * fewSteps + 4]! + values[unit * fewSteps + 3]!, 0)
  const all = fewLists.map((_, unit) => unit)
  for (const unit of [0, 37, 99]) {
    const near = [unit, ...fewLists[unit]!]
    const share = sum(expected, near) / sum(expected, all)
    const [c, n] = [sum(cases, near), sum(cases, all)]
    const twoSided = Math.min(1, 2 * binomialUpperTail(c, n, share), 2 * binomialLowerTail(c, n, share))
    expect(p[unit * fewSteps + 4]).toBeCloseTo(twoSided, 12)
    expect(excess[unit * fewSteps + 4]).toBeCloseTo(c - n * share, 9)
  }
})

test('permutations find what is planted, with nothing hot that the normal distribution has as cold', () => {
  const values = rare(1)
  for (const unit of [44, 45, 54, 55]) for (const step of [7, 8, 9]) values[unit * fewSteps + step] = 3
  const found = emergingHotSpots(values, neighboursFromLists(fewLists), { baseline: 'whole-cube', stepsBefore: 1 })
  expect([44, 45, 54, 55].map((unit) => found.classes[unit])).toEqual(Array(4).fill('consecutive-hot'))
  expect(found.states.every((state, cell) => state === 0 || state === Math.sign(found.z[cell]!))).toBe(true)
  expect(found.states).not.toContain(-1)
})

test('a class is what its wording says', () => {
  const of = (text: string, trend = 0) =>
    emergingClass(
      Int8Array.from(text, (letter) => (letter === 'H' ? 1 : letter === 'C' ? -1 : 0)),
      trend,
    )
  expect(of('.........H')).toBe('new-hot')
  expect(of('CC.......H')).toBe('new-hot')
  expect(of('........HH')).toBe('consecutive-hot')
  expect(of('..HHHHHHHH')).toBe('consecutive-hot')
  expect(of('.HHHHHHHHH')).toBe('persistent-hot')
  expect(of('HHHHHHHHHH', 1)).toBe('intensifying-hot')
  expect(of('HHHHHHHHHH', -1)).toBe('diminishing-hot')
  expect(of('CCCCCCCCCC', -1)).toBe('intensifying-cold')
  expect(of('CCCCCCCCCC', 1)).toBe('diminishing-cold')
  expect(of('H.......HH')).toBe('sporadic-hot')
  expect(of('HC......HH')).toBe('oscillating-hot')
  expect(of('HHHHHHHHH.')).toBe('historical-hot')
  expect(of('HHHHHHHHHC')).toBe('new-cold')
  expect(of('HHHHHHHH..')).toBe('none')
  expect(of('..........', 1)).toBe('none')
})

test('a week in which nothing differs is no spot, and steps are as many as a trend needs', () => {
  const values = planted(3).map((value, cell) => (cell % steps === 5 ? 0 : value))
  const { z, states } = emergingHotSpots(values, neighbours, {
    baseline: 'single-step',
    stepsBefore: 0,
    significance: 'normal',
  })
  expect(z[5]).toBeNaN()
  expect(states[5]).toBe(0)
  expect(twoSidedP(Number.NaN)).toBeNaN()
  const nine = new Float64Array(side * side * 9)
  expect(() => emergingHotSpots(nine, neighbours, { baseline: 'whole-cube', stepsBefore: 1 })).toThrow('9 steps')
  expect(() => spaceTimeLocalG(values, neighbours, { baseline: 'single-step', stepsBefore: 1 })).toThrow('single step')
  expect(() => spaceTimeLocalG(values, neighbours, { baseline: 'whole-cube', stepsBefore: 20 })).toThrow(
    '20 steps before',
  )
})
