import { ringArea } from '@minqing/data/geo/ellipsoid-area'
import { expect, test } from 'vitest'

/** Square kilometres of one degree by one degree on WGS 84, by the closed form of the ellipsoid's zones (Snyder 1987, eq. 3-12). */
function zone(south: number): number {
  const a = 6378.137
  const e = Math.sqrt(0.00669437999014)
  const authalic = (latitude: number) => {
    const s = Math.sin((latitude * Math.PI) / 180)
    return s / (1 - (e * s) ** 2) + Math.log((1 + e * s) / (1 - e * s)) / (2 * e)
  }
  return ((a ** 2 * (1 - e ** 2)) / 2) * (Math.PI / 180) * (authalic(south + 1) - authalic(south))
}

test('a degree cell has the area that the ellipsoid gives it', () => {
  for (const south of [0, 18, 30, 39, 53]) {
    const ring: [number, number][] = []
    // Many vertices along the parallels, which are no straight lines on the ground.
    for (let step = 0; step <= 100; step += 1) ring.push([114 + step / 100, south])
    for (let step = 100; step >= 0; step -= 1) ring.push([114 + step / 100, south + 1])
    ring.push([114, south])
    expect(Math.abs(ringArea(ring)) / 1e6 / zone(south), `${south}° N`).toBeCloseTo(1, 4)
  }
})
