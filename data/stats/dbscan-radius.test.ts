import { expect, test } from 'vitest'
import { dbscanRadius } from './dbscan-radius.ts'
import { dbscan } from './dbscan.ts'
import { Random } from './random.ts'

/** Four heaps of 100 points within about 40 m each, and 100 points scattered over 2 km. */
function heaps() {
  const random = new Random(7, 'heaps')
  const at = (i: number) => (i < 400 ? [400 + 400 * (i % 4), 1000] : [random.between(0, 2000), random.between(0, 2000)])
  const places = Array.from({ length: 500 }, (_, i) =>
    at(i).map((middle) => (i < 400 ? random.bell(middle, 20) : middle)),
  )
  return { x: Float64Array.from(places, ([x = 0]) => x), y: Float64Array.from(places, ([, y = 0]) => y) }
}

test('the radius lies between the distances in heaps and those in the noise, and finds the heaps', () => {
  const { x, y } = heaps()
  const { radius, reason } = dbscanRadius(x, y, 6, 1)
  expect(radius).toBeGreaterThan(5)
  expect(radius).toBeLessThan(80)
  expect(reason.zh).toContain(`${Math.round(radius)} 米`)
  const { count, labels } = dbscan(x, y, radius, 6)
  expect(count).toBe(4)
  expect(labels.filter((label) => label === 0).length).toBeGreaterThan(70)
})

test('one point far away changes it little', () => {
  const { x, y } = heaps()
  const near = dbscanRadius(x, y, 6, 1).radius
  const far = dbscanRadius(Float64Array.of(...x, 9e5), Float64Array.of(...y, 9e5), 6, 1).radius
  expect(far / near).toBeCloseTo(1, 1)
})

test('points at one address have the least radius', () => {
  const same = new Float64Array(40).fill(5)
  expect(dbscanRadius(same, same, 5, 10).radius).toBe(10)
  expect(() => dbscanRadius(same, same, 41, 10)).toThrow(RangeError)
  expect(() => dbscanRadius(same, same, 5, 0)).toThrow(RangeError)
})
