import { expect, test } from 'vitest'
import { Random } from './random.ts'
import { type ReportedThing, thingsOf, voicesOf } from './silent-areas.ts'

const lasts = 30
const areas = 60
const typeFactors = [0.5, 1, 2]

/**
 * Things come up in 60 areas and last 30 days; residents report them at the area's rate. Every fourth area is silent, every
 * third calm: it has a fifth of the things. What nobody reports is not in the data.
 */
function simulated(seed: number, thingsAnArea = 80) {
  const random = new Random(seed, 'voices')
  const isSilent = Array.from({ length: areas }, (_, area) => area % 4 === 0)
  const isCalm = Array.from({ length: areas }, (_, area) => area % 3 === 0)
  const rates = isSilent.map((silent) => (silent ? 0.025 : 0.15) * Math.exp(random.bell(0, 0.25)))
  const things: ReportedThing[] = []
  for (let area = 0; area < areas; area++)
    for (let i = 0; i < thingsAnArea * (isCalm[area] ? 0.2 : 1); i++) {
      const type = random.whole(0, 2)
      const mean = 1 / (rates[area]! * typeFactors[type]!)
      const delay = random.exponential(mean)
      if (delay > lasts) continue
      const exposure = Math.min(lasts - delay, random.between(3, 14))
      let repeats = 0
      for (let at = random.exponential(mean); at < exposure; at += random.exponential(mean)) repeats++
      things.push({ area, type, repeats, exposure, delay: random.chance(0.5) ? delay : Number.NaN })
    }
  return { things, rates, isSilent, isCalm }
}

const count = (values: readonly boolean[]) => values.filter(Boolean).length

test('silent areas are found, and calm ones are not taken for silent', () => {
  let [right, called, silent, naiveRight, calmCalled] = [0, 0, 0, 0, 0]
  for (let seed = 1; seed <= 5; seed++) {
    const { things, isSilent, isCalm } = simulated(seed)
    const voices = voicesOf(things, areas, lasts)
    const isCalled = voices.map(({ voice }) => voice === 'silent')
    right += count(isCalled.map((is, area) => is && isSilent[area]!))
    called += count(isCalled)
    silent += count(isSilent)
    calmCalled += count(isCalled.map((is, area) => is && isCalm[area]! && !isSilent[area]!))
    // Who takes the areas with the fewest reports for silent.
    const order = voices.map((_, area) => area).toSorted((a, b) => voices[a]!.things - voices[b]!.things)
    naiveRight += count(order.slice(0, count(isSilent)).map((area) => isSilent[area]!))
  }
  expect(right / silent).toBeGreaterThan(0.85)
  expect(right / called).toBeGreaterThan(0.9)
  expect(calmCalled).toBeLessThanOrEqual(3)
  expect(right).toBeGreaterThan(1.3 * naiveRight)
})

test('rates, and the number of things that nobody reported, are estimated', () => {
  const { things, rates, isSilent, isCalm } = simulated(7, 300)
  const voices = voicesOf(things, areas, lasts)
  const inside = voices.filter(({ low, high }, area) => rates[area]! >= low && rates[area]! <= high)
  // 90 % intervals; the scale of the types' factors is the geometric mean of what was reported.
  expect(inside.length / areas).toBeGreaterThan(0.7)
  // 300 things in an area, 60 in a calm one: in silent ones far fewer were reported.
  const there = (calm: boolean) => (calm ? 60 : 300)
  const sum = (of: (area: number) => number) =>
    voices.reduce((all, _, area) => all + (isSilent[area]! ? of(area) : 0), 0)
  const truth = sum((area) => there(isCalm[area]!))
  expect(sum((area) => voices[area]!.things) / truth).toBeLessThan(0.65)
  expect(sum((area) => voices[area]!.estimated) / truth).toBeGreaterThan(0.85)
  expect(sum((area) => voices[area]!.estimated) / truth).toBeLessThan(1.15)
})

test('where there is little to go by, nothing is said', () => {
  const { things } = simulated(3)
  const few = things.filter(({ area }) => area !== 5)
  const voices = voicesOf(few, areas, lasts)
  expect(voices[5]).toMatchObject({ things: 0, voice: 'unknown' })
  expect(voicesOf([], 3).map(({ voice }) => voice)).toEqual(['unknown', 'unknown', 'unknown'])
  expect(() => voicesOf([], 1, 0)).toThrow(RangeError)
})

test('areas that are all alike are not silent', () => {
  const random = new Random(1, 'alike')
  const things = Array.from({ length: 2400 }, (_, i): ReportedThing => {
    const exposure = random.between(5, 14)
    return { area: i % areas, type: 0, repeats: random.poisson(0.1 * exposure), exposure, delay: Number.NaN }
  })
  expect(voicesOf(things, areas, lasts).filter(({ voice }) => voice === 'silent')).toEqual([])
})

test('reports of one type near each other are about the same thing until it is settled', () => {
  const rows = [
    // day, x, y, type, settled, happened
    [0, 0, 0, 1, 10, -2],
    [1, 50, 0, 1, 20, 1],
    [2, 0, 0, 2, 30, Number.NaN],
    [3, 100, 0, 1, Infinity, 3],
    [9, 0, 30, 1, 20, 9],
    [11, 0, 0, 1, Infinity, 10],
    [26, 0, 0, 1, Infinity, 20],
  ]
  const column = (at: number) => rows.map((row) => row[at]!)
  const [reported, x, y, type, settled, happened] = [0, 1, 2, 3, 4, 5].map(column)
  const reports = {
    area: rows.map(() => 0),
    type: type!,
    x: x!,
    y: y!,
    reported: reported!,
    settled: settled!,
    happened: happened!,
  }
  expect(thingsOf(reports, 30)).toEqual([
    { area: 0, type: 1, repeats: 2, exposure: 10, delay: 2 },
    { area: 0, type: 2, repeats: 0, exposure: 14, delay: Number.NaN },
    { area: 0, type: 1, repeats: 0, exposure: 14, delay: 0 },
    { area: 0, type: 1, repeats: 0, exposure: 14, delay: 1 },
    { area: 0, type: 1, repeats: 0, exposure: 4, delay: 6 },
  ])
  // What began before the period is left out, and its later reports with it.
  expect(thingsOf(reports, 30, 1.5)).toEqual(thingsOf(reports, 30).slice(1))
  expect(() => thingsOf({ ...reports, reported: [5, 4, 3, 2, 1, 0, 0] }, 30)).toThrow(RangeError)
})
