import { expect, test } from 'vitest'
import { kernels, type Kernel } from './density-kernel.ts'
import { edgeCorrections } from './binned-density.ts'
import { casesPerCell, kernelDensity, type DensityOptions } from './kernel-density.ts'
import { Random } from './random.ts'
import type { WeightedPoints } from './raster-frame.ts'
import { frameOver, studyArea, wholeFrame, type StudyArea } from './study-area.ts'

/** A street's outline of 1,000 × 800 m with a bay and a lake. */
const outline = {
  corners: Float64Array.from([
    0, 0, 1000, 0, 1000, 500, 620, 480, 600, 800, 0, 800, 200, 200, 400, 220, 380, 400, 210, 380,
  ]),
  ends: Uint32Array.of(6, 10),
}

function scattered(count: number, seed: number): WeightedPoints {
  const random = new Random(seed, 'points of a density')
  const x = Float64Array.from({ length: count }, () => random.between(-20, 1020))
  const y = Float64Array.from({ length: count }, () => 400 + 200 * (random.next() + random.next() - random.next()))
  return { x, y, weights: Float64Array.from({ length: count }, () => random.whole(0, 3)) }
}

/** As the papers write it, node by node and case by case. */
function plain(points: WeightedPoints, area: StudyArea, options: DensityOptions, bandwidths: Float64Array): number[] {
  const { cell, columns, rows, x, y } = area.frame
  const nodes = Array.from({ length: columns * rows }, (_, node) => ({
    east: x + (node % columns) * cell,
    north: y + Math.floor(node / columns) * cell,
    isIn: area.inside[node] === 1,
  }))
  const within = nodes.filter(({ isIn }) => isIn)
  const at = (distance: number, h: number) =>
    options.kernel === 'gaussian'
      ? Math.exp(-(distance ** 2) / (2 * h ** 2)) / (2 * Math.PI * h ** 2)
      : distance < h
        ? (3 / (Math.PI * h ** 2)) * (1 - (distance / h) ** 2) ** 2
        : 0
  const share = (east: number, north: number, h: number) =>
    within.reduce((sum, node) => sum + at(Math.hypot(node.east - east, node.north - north), h) * cell ** 2, 0)
  const cases = [...points.x].map((east, i) => {
    const north = points.y[i]!
    // A cell around the point has a node inside.
    const isCounted = within.some(
      (node) => Math.abs(node.east - east) < cell * (1 + 1e-12) && Math.abs(node.north - north) < cell * (1 + 1e-12),
    )
    const h = bandwidths[i]!
    return {
      east,
      north,
      h,
      weight: isCounted ? points.weights![i]! / (options.edge === 'jones' ? share(east, north, h) : 1) : 0,
    }
  })
  return nodes.map((node) => {
    if (!node.isIn) return Number.NaN
    const sum = cases.reduce(
      (sum, { east, north, h, weight }) => sum + weight * at(Math.hypot(node.east - east, node.north - north), h),
      0,
    )
    return (sum * 10_000) / (options.edge === 'diggle' ? share(node.east, node.north, options.bandwidth) : 1)
  })
}

function worst(values: ArrayLike<number>, expected: number[]): number {
  const peak = expected.reduce((peak, value) => (value > peak ? value : peak), 0)
  expect(Array.from(values).map(Number.isNaN)).toEqual(expected.map(Number.isNaN))
  return expected.reduce((most, value, node) => Math.max(most, Math.abs((values[node]! - value || 0) / peak)), 0)
}

const area = studyArea(outline, 40)
const points = scattered(60, 4)
const options = (kernel: Kernel, more: Partial<DensityOptions>): DensityOptions => ({
  kernel,
  bandwidth: kernel === 'quartic' ? 150 : 60,
  edge: 'jones',
  adaptive: false,
  method: 'exact',
  ...more,
})

test('is the plain sum to 1e-9 with each kernel and correction, with one bandwidth and with many', () => {
  for (const kernel of kernels) {
    for (const edge of edgeCorrections) {
      const fixed = options(kernel, { edge })
      const same = new Float64Array(points.x.length).fill(fixed.bandwidth)
      expect(worst(kernelDensity(points, area, fixed).values, plain(points, area, fixed, same))).toBeLessThan(1e-9)
    }
    const adaptive = options(kernel, { adaptive: true })
    const { values, bandwidths } = kernelDensity(points, area, adaptive)
    expect(worst(values, plain(points, area, adaptive, bandwidths!))).toBeLessThan(1e-9)
  }
})

test('binned stays within its bound: a quarter of the square of the cell, in standard deviations, of the peak', () => {
  // Cases on the border itself as well.
  const border = scattered(80, 6)
  for (let i = 0; i < 40; i++) border.x[i] = i % 2 === 0 ? 0 : 1000
  for (let i = 0; i < 40; i += 3) border.y[i] = 0
  for (const [cases, study] of [
    [points, area],
    [border, wholeFrame(frameOver(0, 0, 1000, 800, 40))],
  ] as const) {
    for (const kernel of kernels) {
      for (const edge of edgeCorrections) {
        const exact = kernelDensity(cases, study, options(kernel, { edge }))
        const binned = kernelDensity(cases, study, options(kernel, { edge, method: 'binned' }))
        const deviation = kernel === 'quartic' ? 150 / Math.sqrt(8) : 60
        expect(binned.cases).toBeCloseTo(exact.cases, 9)
        const bound = (study.frame.cell / deviation) ** 2 / 4
        expect(worst(binned.values, [...exact.values]), `${kernel} ${edge}`).toBeLessThan(bound)
      }
    }
  }
})

test('the integral is the number of cases, binned and not, with one bandwidth and with many', () => {
  for (const kernel of kernels) {
    for (const adaptive of [false, true]) {
      for (const method of ['exact', 'binned'] as const) {
        const { values, cases, outside } = kernelDensity(points, area, options(kernel, { adaptive, method }))
        const sum = values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0)
        expect((sum * area.frame.cell ** 2) / 10_000).toBeCloseTo(cases, 7)
        expect(outside).toBeGreaterThan(0)
        expect(cases + outside).toBeCloseTo(
          Array.from(points.weights!).reduce((sum, weight) => sum + weight, 0),
          9,
        )
      }
    }
  }
})

test('in cells the cases add up; a long computation says how far it is', () => {
  const shares: number[] = []
  const adaptive = options('quartic', { adaptive: true, method: 'binned' })
  const density = kernelDensity(points, area, adaptive, (share) => shares.push(share))
  const perCell = casesPerCell(density)
  expect(perCell.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0)).toBeCloseTo(density.cases, 7)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(1)
  expect(shares.length).toBeGreaterThan(3)
})

test('without a correction what falls outside is lost', () => {
  const { values, cases } = kernelDensity(points, area, options('quartic', { edge: 'none' }))
  const sum = values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0)
  expect((sum * area.frame.cell ** 2) / 10_000).toBeLessThan(cases * 0.95)
})

test('an even pattern stays even up to the border: the correction is that of a rectangle, Φ times Φ', () => {
  const frame = frameOver(0, 0, 1000, 1000, 100)
  const lone: WeightedPoints = { x: Float64Array.of(35), y: Float64Array.of(965), weights: null }
  const at = (edge: 'jones' | 'none') => {
    const { values } = kernelDensity(lone, wholeFrame(frame), options('gaussian', { edge, bandwidth: 50 }))
    return values[96 * 100 + 3]!
  }
  // The corner 0.7 standard deviations away on both sides: Φ(0.7) = 0.758036.
  expect(at('none') / at('jones')).toBeCloseTo(0.758036 ** 2, 2)
})

test('bandwidths grow where cases are few, their geometric mean being the one asked for', () => {
  const { x, y } = scattered(300, 8)
  const many = { x, y, weights: null }
  const one = options('quartic', { adaptive: true, bandwidth: 150 })
  const exact = kernelDensity(many, area, one)
  const binned = kernelDensity(many, area, { ...one, method: 'binned' })
  const inside = [...exact.bandwidths!].filter((_, i) => binned.bandwidths![i] !== 150)
  const mean = Math.exp(inside.reduce((sum, h) => sum + Math.log(h), 0) / inside.length)
  expect(mean / 150).toBeCloseTo(1, 1)
  expect(Math.max(...inside) / Math.min(...inside)).toBeGreaterThan(1.5)
  expect(worst(binned.values, [...exact.values])).toBeLessThan((area.frame.cell / 60) ** 2 / 4 + 0.01)
})

/**
 * R spatstat 3.0: density.ppp(sigma = 40, and quartic of the same standard deviation as 130 m has) of 128 points at the
 * middles of pixels in a window of 64 × 48 pixels of 10 m with a bay, at seven pixels, × 10,000.
 */
const spatstat = {
  gaussian: {
    diggle: [2.936024012, 4.318052461, 5.296659752, 0.4095149137, 3.970353284, 4.553645651, 5.331334535],
    jones: [3.750548103, 3.803284137, 4.704249952, 0.1490533942, 2.073261166, 4.558768733, 5.706983495],
  },
  quartic: {
    diggle: [3.72130014, 3.441967811, 5.800606186, 0.7571961548, 4.053538847, 4.578305101, 5.368262813],
    jones: [3.879629256, 2.67599526, 5.141425521, 0.2816823467, 2.122008479, 4.584922593, 6.164978846],
  },
}

test('is what spatstat computes with both corrections', () => {
  const frame = frameOver(0, 0, 640, 480, 64)
  const isBay = (column: number, row: number) => column > 40 && row > 25
  const inside = Uint8Array.from({ length: 64 * 48 }, (_, node) => (isBay(node % 64, Math.floor(node / 64)) ? 0 : 1))
  const places = Array.from({ length: 150 }, (_, i) => [
    (i * 37 + Math.floor(i / 7) * 5) % 64,
    (i * i * 11 + 5 * i) % 48,
  ])
  const within = places.filter(([column = 0, row = 0]) => !isBay(column, row))
  expect(within.length).toBe(128)
  const points = {
    x: Float64Array.from(within, ([column = 0]) => column * 10 + 5),
    y: Float64Array.from(within, ([, row = 0]) => row * 10 + 5),
    weights: null,
  }
  const probes = [
    [3, 3],
    [0, 0],
    [40, 26],
    [40, 47],
    [63, 25],
    [20, 30],
    [52, 10],
  ]
  for (const kernel of kernels) {
    for (const edge of ['diggle', 'jones'] as const) {
      const bandwidth = kernel === 'quartic' ? 130 : 40
      const { values } = kernelDensity(
        points,
        { frame, inside },
        options(kernel, { edge, bandwidth, method: 'binned' }),
      )
      probes.forEach(([column = 0, row = 0], i) => {
        expect(values[row * 64 + column]! / spatstat[kernel][edge][i]!, `${kernel} ${edge} ${i}`).toBeCloseTo(1, 5)
      })
    }
  }
})

test('what cannot be computed is refused', () => {
  const ask = (more: Partial<DensityOptions>) => () => kernelDensity(points, area, options('quartic', more))
  expect(ask({ bandwidth: 0 })).toThrow(RangeError)
  expect(ask({ bandwidth: Number.NaN })).toThrow(RangeError)
  expect(ask({ bandwidth: 30, method: 'binned' })).toThrow(/less than two cells/)
  expect(ask({ adaptive: true, edge: 'diggle' })).toThrow(RangeError)
  expect(() => studyArea({ corners: Float64Array.of(0, 0, 5, 5, 10, 10), ends: Uint32Array.of(3) }, 20)).toThrow(
    RangeError,
  )
})
