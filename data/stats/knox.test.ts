import { expect, test } from 'vitest'
import { knoxCells, knoxExceedances, knoxPairs, knoxTable } from './knox.ts'
import { Random } from './random.ts'

/**
 * 200 invented incidents by Park & Miller's generator, every fourth near the one before it in space and time. R computes
 * the same: `s <- 12345; u <- function() { s <<- (s * 16807) %% 2147483647; s / 2147483647 }`.
 */
function nearRepeats() {
  let state = 12_345
  const next = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
  const [x, y, time] = [new Float64Array(200), new Float64Array(200), new Float64Array(200)]
  for (let i = 0; i < 200; i++) {
    const [a, b, c] = [next(), next(), next()]
    const repeats = i % 4 === 3
    x[i] = repeats ? x[i - 1]! + Math.floor(a * 80) : Math.floor(a * 2000)
    y[i] = repeats ? y[i - 1]! + Math.floor(b * 80) : Math.floor(b * 2000)
    time[i] = repeats ? time[i - 1]! + Math.floor(c * 10) : Math.floor(c * 365)
  }
  return { x, y, time }
}

const distance = [50, 100, 200]
const days = [7, 14, 28]

test('pairs and their expected number are those of R surveillance::knox', () => {
  const { x, y, time } = nearRepeats()
  const cells = knoxCells(knoxPairs(x, y, distance), time, days, new Float64Array(9), 0)
  // statistic and null.value of knox(dt, ds, eps.t, eps.s, simulate.p.value = FALSE), up to each pair of edges.
  const published: [number, number, number, number][] = [
    [0, 0, 17, 2.369849246231],
    [0, 1, 21, 4.52864321608],
    [0, 2, 29, 8.95175879397],
    [1, 0, 44, 9.044924623116],
    [1, 1, 61, 17.28432160804],
    [1, 2, 87, 34.165879396985],
    [2, 0, 60, 23.816984924623],
    [2, 1, 100, 45.512864321608],
    [2, 2, 155, 89.965175879397],
  ]
  for (const [d, t, observed, expected] of published) {
    const within = cells.filter((cell) => cell.distance <= d && cell.time <= t)
    expect(within.reduce((sum, cell) => sum + cell.observed, 0)).toBe(observed)
    expect(within.reduce((sum, cell) => sum + cell.expected, 0)).toBeCloseTo(expected, 11)
  }
  expect(cells[0]!.ratio).toBeCloseTo(17 / 2.369849246231, 10)
})

test('p is that of 9,999 permutations of the times in R', () => {
  const { x, y, time } = nearRepeats()
  const pairs = knoxPairs(x, y, distance)
  const exceedances = knoxExceedances(pairs, time, days, { seed: 1, from: 0, to: 9999 })
  const cells = knoxCells(pairs, time, days, exceedances, 9999)
  // (sum(table(sample(t)) >= table(t)) + 1) / 10000 with set.seed(1)
  const inR = [0.0001, 0.1686, 0.0688, 0.0001, 0.0086, 0.0737, 0.405, 0.0103, 0.4099]
  for (const [i, p] of inR.entries())
    expect(Math.abs(cells[i]!.p - p)).toBeLessThan(4 * Math.sqrt((2 * p * (1 - p)) / 9999) + 0.0001)
})

test('the table is that of two plain loops, the edges included and the same place a band of its own', () => {
  const random = new Random(3, 'knox')
  const count = 300
  const many = (most: number) => Float64Array.from({ length: count }, () => random.whole(0, most) * 10)
  const [x, y, time] = [many(40), many(40), many(30)]
  const [spaces, times] = [
    [0, 10, 50, 100],
    [0, 20, 70],
  ]
  const table = new Float64Array(spaces.length * times.length)
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const d = spaces.findIndex((edge) => Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!) <= edge)
      const t = times.findIndex((edge) => Math.abs(time[i]! - time[j]!) <= edge)
      if (d >= 0 && t >= 0) table[d * times.length + t]!++
    }
  expect([...knoxTable(knoxPairs(x, y, spaces), time, times)]).toEqual([...table])
  expect(table.every((pairs) => pairs > 0)).toBe(true)
})

test('the expected number is the mean over permutations', () => {
  const { x, y, time } = nearRepeats()
  const pairs = knoxPairs(x, y, [100])
  const [cell] = knoxCells(pairs, time, [14], new Float64Array(1), 0)
  const random = new Random(1, 'shuffles')
  let sum = 0
  for (let i = 0; i < 4000; i++) sum += knoxTable(pairs, Float64Array.from(random.shuffle([...time])), [14])[0]!
  // The standard deviation of one is near 4.
  expect(Math.abs(sum / 4000 - cell!.expected)).toBeLessThan(0.3)
})

test('exceedances of ranges add up to those of the whole', () => {
  const { x, y, time } = nearRepeats()
  const pairs = knoxPairs(x, y, distance)
  const whole = knoxExceedances(pairs, time, days, { seed: 4, from: 0, to: 60 })
  const seen: number[] = []
  const first = knoxExceedances(pairs, time, days, { seed: 4, from: 0, to: 13, progress: (done) => seen.push(done) })
  const rest = knoxExceedances(pairs, time, days, { seed: 4, from: 13, to: 60 })
  expect(first.map((value, i) => value + rest[i]!)).toEqual(whole)
  expect(seen).toEqual(Array.from({ length: 13 }, (_, i) => i + 1))
})

test('more pairs than are wanted are refused, as many are not', () => {
  const { x, y } = nearRepeats()
  const { length } = knoxPairs(x, y, distance).partners
  expect(knoxPairs(x, y, distance, length).partners).toHaveLength(length)
  expect(() => knoxPairs(x, y, distance, length - 1)).toThrow(`more than ${length - 1} pairs up to 200`)
})

test('edges that do not ascend, and times that are not of the pairs, are refused', () => {
  const { x, y } = nearRepeats()
  expect(() => knoxPairs(x, y, [100, 50])).toThrow('edges of bands of distance ascend from 0, unlike 100, 50')
  expect(() => knoxTable(knoxPairs(x, y, [50]), new Float64Array(3), [7])).toThrow('3 times of 200 incidents')
  const alone = knoxPairs(new Float64Array(1), new Float64Array(1), [0])
  expect(knoxCells(alone, new Float64Array(1), [7], new Float64Array(1), 9)).toMatchObject([{ observed: 0, p: 0.1 }])
})
