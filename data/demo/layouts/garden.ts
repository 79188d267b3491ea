import { centroid } from '../../geo/plane.ts'
import { block } from '../plan/shape.ts'
import type { Site } from '../plan/site.ts'
import { inset, type Point } from '../plane.ts'

/** A stadium: two straights and two half circles, counter-clockwise. */
export function oval(u: number, v: number, width: number, depth: number): Point[] {
  const radius = depth / 2
  const points: Point[] = []
  for (let i = 0; i <= 12; i++) {
    const angle = -Math.PI / 2 + (Math.PI * i) / 12
    points.push([u + width - radius + radius * Math.cos(angle), v + radius + radius * Math.sin(angle)])
  }
  for (let i = 0; i <= 12; i++) {
    const angle = Math.PI / 2 + (Math.PI * i) / 12
    points.push([u + radius + radius * Math.cos(angle), v + radius + radius * Math.sin(angle)])
  }
  return points
}

/** A shore with a few bays around a middle, in the site's axes. */
function shore(site: Site, [u, v]: Point, wide: number, deep: number): Point[] {
  const { random } = site
  const phases = [random.between(0, 6.28), random.between(0, 6.28), random.between(0, 6.28)] as const
  return Array.from({ length: 56 }, (_, i): Point => {
    const angle = (i / 56) * 2 * Math.PI
    const bay =
      1 +
      0.13 * Math.sin(2 * angle + phases[0]) +
      0.1 * Math.sin(3 * angle + phases[1]) +
      0.05 * Math.sin(5 * angle + phases[2])
    return [u + (wide / 2) * bay * Math.cos(angle), v + (deep / 2) * bay * Math.sin(angle)]
  })
}

/** A park: lawns, a pond with a walk around it, a pavilion. */
export function park(site: Site, name: string, pond: string): void {
  site.ornament('green', 'park', [...site.ring], name)
  const { axes, random } = site
  const middle = axes.in(centroid(site.ring))
  const [u0, v0, u1, v1] = axes.box(innerOf(site))
  const lake = shore(site, middle, (u1 - u0) * 0.52, (v1 - v0) * 0.5)
  const out = (points: Point[]) => points.map((point) => axes.out(point))
  site.ornament('water', 'pond', out(lake), pond)
  const walk = lake.map(([u, v]): Point => [middle[0] + (u - middle[0]) * 1.18, middle[1] + (v - middle[1]) * 1.2])
  site.ornament('road', 'path', out([...walk, walk[0] as Point]))
  const ways: [Point, Point][] = [
    [[u0, middle[1] + 4], walk[28] as Point],
    [walk[0] as Point, [u1, middle[1] - 5]],
    [walk[14] as Point, [middle[0] + 6, v1]],
    [[middle[0] - 8, v0], walk[42] as Point],
  ]
  for (const way of ways) site.ornament('road', 'path', out(way))
  for (let i = 0; i < 3; i++) {
    const spot = axes.out([random.between(u0, u1), random.between(v0, v1)])
    const [u, v] = axes.in(spot)
    const clear = Math.hypot((u - middle[0]) / (u1 - u0), (v - middle[1]) / (v1 - v0)) > 0.4
    if (clear)
      site.build(block(u, v, 8, 8), 4, {
        use: 'public',
        sort: 'service',
        floors: 1,
        storey: 4.5,
        units: 1,
        flatsPerFloor: 0,
        builtYear: 2006,
        structure: 'brick_wood',
        label: '凉亭',
      })
  }
}

/** A small green between the slabs. */
export function greenCourt(site: Site, name: string): void {
  site.ornament(
    'green',
    'garden',
    inset(site.ring, () => 4),
    name,
  )
  const { axes } = site
  const [u0, v0, u1, v1] = axes.box(innerOf(site))
  site.ornament('road', 'path', [axes.out([u0, v0]), axes.out([(u0 + u1) / 2, (v0 + v1) / 2]), axes.out([u1, v1])])
  site.build(block((u0 + u1) / 2 + 6, (v0 + v1) / 2 - 3, 7, 7), 2, {
    use: 'public',
    sort: 'service',
    floors: 1,
    storey: 4,
    units: 1,
    flatsPerFloor: 0,
    builtYear: 2012,
    structure: 'brick_wood',
    label: '凉亭',
  })
}

function innerOf(site: Site): Point[] {
  const inside = site.inside()
  return inside.length > 2 ? inside : [...site.ring]
}

const label = ['驿站', '茶亭', '公共厕所', '管理用房'] as const

/** The embankment park, as far as it is built on; its walks and woods are drawn along the river. */
export function embankment(site: Site, name: string): void {
  const { random, axes } = site
  site.ornament('green', 'park', [...site.ring], name)
  const [u0, v0, u1, v1] = axes.box(site.ring)
  for (let built = 0, tries = 0; built < 6 && tries < 60; tries++) {
    const shape = block(random.between(u0, u1), random.between(v0, v1), random.between(9, 22), random.between(7, 11))
    const done = site.build(shape, 30, {
      use: 'public',
      sort: 'service',
      floors: 1,
      storey: 4,
      units: 1,
      flatsPerFloor: 0,
      builtYear: 2005,
      structure: 'frame',
      label: random.pick(label),
    })
    if (done) built++
  }
}
