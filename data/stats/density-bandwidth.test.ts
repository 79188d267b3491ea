import { expect, test } from 'vitest'
import { likelihoodBandwidth, likelihoodScores, scottBandwidth } from './density-bandwidth.ts'
import { Random } from './random.ts'
import { frameOver, wholeFrame } from './study-area.ts'

/** 117 cases at the middles of pixels of 10 m in a window of 64 × 48 with a bay. */
function cases() {
  const isBay = (column: number, row: number) => column > 40 && row > 25
  const frame = frameOver(0, 0, 640, 480, 64)
  const inside = Uint8Array.from({ length: 64 * 48 }, (_, node) => (isBay(node % 64, Math.floor(node / 64)) ? 0 : 1))
  const nodes = Array.from({ length: 150 }, (_, i) => {
    const [column, row] = [(i * 37 + Math.floor(i / 7) * 5) % 64, (i * i * 11 + 5 * i) % 48]
    return isBay(column, row) ? -1 : row * 64 + column
  })
  const places = [...new Set(nodes)].filter((node) => node !== -1)
  const x = Float64Array.from(places, (node) => (node % 64) * 10 + 5)
  const y = Float64Array.from(places, (node) => Math.floor(node / 64) * 10 + 5)
  return { points: { x, y, weights: null }, area: { frame, inside } }
}

test('the scores are those of R spatstat: mean log density at each case from the others, corrected at the edge', () => {
  const { points, area } = cases()
  expect(points.x.length).toBe(117)
  // density.ppp(at = "points", leaveoneout = TRUE, diggle = TRUE) of spatstat 3.0, mean of its logarithms.
  const spatstat = [-9.046009603, -8.472865168, -8.088001181, -7.929991385, -7.811791946, -7.761530734]
  const scores = likelihoodScores(points, area, [15, 20, 30, 40, 60, 90])
  for (const [i, score] of scores.entries()) expect(score).toBeCloseTo(spatstat[i]!, 6)
})

test("Scott's rule is the one of spatstat where no quartile is narrower than the deviation", () => {
  // bw.scott: 80.80171 and 60.25373 m along the axes.
  expect(scottBandwidth(cases().points, 'gaussian').bandwidth).toBeCloseTo(Math.sqrt(80.80171 * 60.25373), 3)
})

test('the quartic kernel smooths as much with 2.78 times the bandwidth of the Gaussian', () => {
  const { points } = cases()
  const [quartic, gaussian] = [scottBandwidth(points, 'quartic'), scottBandwidth(points, 'gaussian')]
  expect(quartic.bandwidth / gaussian.bandwidth).toBeCloseTo(2.779, 3)
  expect(quartic.reason.zh).toMatch(/117 件事件/)
})

test('a few far cases widen Scott’s bandwidth little; a weight is as many cases', () => {
  const random = new Random(2, 'spread')
  const x = Float64Array.from({ length: 1000 }, () => random.bell(0, 100))
  const y = Float64Array.from({ length: 1000 }, () => random.bell(0, 100))
  const near = scottBandwidth({ x, y, weights: null }, 'gaussian').bandwidth
  const far = (values: Float64Array) => Float64Array.of(...values, 50_000, 60_000, 70_000)
  const wide = scottBandwidth({ x: far(x), y: far(y), weights: null }, 'gaussian').bandwidth
  expect(wide / near).toBeLessThan(1.1)
  const twice = scottBandwidth({ x, y, weights: new Float64Array(1000).fill(2) }, 'gaussian').bandwidth
  expect(twice / near).toBeCloseTo(1, 2)
})

test('several heaps get a narrower bandwidth than one, and many cases at one address do not make it vanish', () => {
  const random = new Random(3, 'heaps')
  const at = (i: number) => [(i % 4) * 500 + 200, (Math.floor(i / 4) % 3) * 500 + 200] as const
  const x = Float64Array.from({ length: 600 }, (_, i) => random.bell(at(i)[0], 30))
  const y = Float64Array.from({ length: 600 }, (_, i) => random.bell(at(i)[1], 30))
  const area = wholeFrame(frameOver(0, 0, 2000, 1500, 120))
  const heaps = likelihoodBandwidth({ x, y, weights: null }, area, 'gaussian')
  expect(heaps.bandwidth).toBeLessThan(scottBandwidth({ x, y, weights: null }, 'gaussian').bandwidth / 3)
  const best = heaps.candidates.reduce((best, candidate) => (candidate.score > best.score ? candidate : best))
  expect(heaps.bandwidth).toBe(best.bandwidth)
  const weights = Float64Array.from({ length: 600 }, (_, i) => (i % 10 === 0 ? 20 : 1))
  expect(likelihoodBandwidth({ x, y, weights }, area, 'gaussian').bandwidth).toBeGreaterThan(10)
})

test('cases on one place have no bandwidth', () => {
  const points = { x: Float64Array.of(5, 5), y: Float64Array.of(7, 7), weights: null }
  expect(() => scottBandwidth(points, 'quartic')).toThrow(RangeError)
  const area = wholeFrame(frameOver(0, 0, 100, 100, 10))
  expect(() => likelihoodScores(points, area, [20])).toThrow(RangeError)
})
