import { expect, test } from 'vitest'
import { signedArea } from '../../geo/plane.ts'
import { outlineOf, Subdivision } from './subdivision.ts'

const road = { kind: 'street', name: '', snap: 10, bow: 0 } as const

/** Two squares of 100 m, side by side. */
function twoSquares() {
  const plan = new Subdivision()
  const corners = [
    [0, 0],
    [100, 0],
    [200, 0],
    [200, 100],
    [100, 100],
    [0, 100],
  ].map(([x, y]) => plan.addPoint([x as number, y as number]))
  const [a, b, c, d, e, f] = corners as [number, number, number, number, number, number]
  for (const [from, to] of [
    [a, b],
    [b, c],
    [c, d],
    [d, e],
    [e, f],
    [f, a],
    [b, e],
  ] as const)
    plan.setEdge(from, to, { kind: 'secondary', name: '界' })
  return { plan, left: plan.addFace([a, b, e, f]), right: plan.addFace([b, c, d, e]) }
}

test('a cut divides the area as asked and gives both neighbours the new corner', () => {
  const { plan, left, right } = twoSquares()
  const cut = plan.cut(left, 0, 0.3, road)
  expect(cut?.map((face) => Math.round(signedArea(plan.ring(face))))).toEqual([3000, 7000])
  expect(right.loop).toHaveLength(5)
  expect(signedArea(plan.ring(right))).toBeCloseTo(10_000)
})

test('a road meets one that ends near by', () => {
  const { plan, left, right } = twoSquares()
  plan.cut(left, 0, 0.5, road)
  const corners = plan.points.length
  const cut = plan.cut(right, 0, 0.53, road)
  expect(cut).not.toBeNull()
  // One new corner on the far side, none on the shared one; the path between them is its own.
  expect(plan.points.slice(corners).filter(([x]) => x === 100)).toEqual([])
})

test('the union of all parts has the outline of the whole', () => {
  const { plan, left, right } = twoSquares()
  plan.cut(left, 0.4, 0.5, road)
  plan.cut(right, 1.2, 0.4, road)
  expect(signedArea(outlineOf(plan, [...plan.faces.values()]))).toBeCloseTo(20_000)
})
