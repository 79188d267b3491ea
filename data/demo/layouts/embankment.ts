import { block } from '../plan/shape.ts'
import type { Site } from '../plan/site.ts'

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
