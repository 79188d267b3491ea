import { Axes } from '../plane.ts'
import { block, slab, tower } from '../plan/shape.ts'
import type { Draft, Site } from '../plan/site.ts'
import { frontage, parcels, rows } from './arrangements.ts'

type Kind = Omit<Draft, 'shape'>

const shops =
  (site: Site, built: [number, number]): (() => Kind) =>
  () => ({
    use: site.random.chance(0.3) ? 'mixed' : 'commercial',
    sort: 'shop',
    floors: site.random.whole(1, 3),
    storey: 3.9,
    units: 1,
    flatsPerFloor: 0,
    builtYear: site.random.whole(...built),
    structure: 'frame',
    label: '商铺',
  })

/** 老旧小区: six-storey slabs without a lift, in rows that face the river and the sun. */
export function walkUp(site: Site): void {
  const { random } = site
  const year = random.whole(1985, 1999)
  frontage(site, {
    kinds: ['arterial', 'secondary'],
    depth: [11, 14],
    width: [22, 44],
    gap: 3.5,
    open: 0.12,
    draft: shops(site, [1990, 2004]),
  })
  const flats = 2
  const floors = random.chance(0.25) ? 7 : 6
  rows(site, {
    axes: site.axes,
    depth: 12,
    spacing: random.between(17, 22),
    length: [24, 62],
    gap: 8,
    spine: 7,
    skip: 0.05,
    clearance: 6,
    paths: true,
    shape: (u, v, width) => slab(u, v, width, 12, Math.max(2, Math.round(width / 15)), random.chance(0.35) ? 1.4 : 0),
    draft: (width) => ({
      use: 'residential',
      sort: 'slab',
      floors: floors - (random.chance(0.12) ? 1 : 0),
      storey: 2.9,
      units: Math.max(2, Math.round(width / 15)),
      flatsPerFloor: flats,
      builtYear: year + random.whole(0, 3),
      structure: 'brick_concrete',
      label: '',
    }),
  })
}

/** 单位宿舍: the factory's own housing of the sixties and seventies, lower, shorter and closer. */
export function factoryHousing(site: Site): void {
  const { random } = site
  const year = random.whole(1958, 1979)
  frontage(site, {
    kinds: ['arterial', 'secondary'],
    depth: [9, 12],
    width: [16, 34],
    gap: 3,
    open: 0.18,
    draft: shops(site, [1982, 1998]),
  })
  rows(site, {
    axes: site.axes,
    depth: 10.5,
    spacing: random.between(10, 13),
    length: [26, 52],
    gap: 6,
    spine: 6,
    skip: 0.06,
    clearance: 4.5,
    paths: true,
    shape: (u, v, width) =>
      random.chance(0.5) ? slab(u, v, width, 10.5, Math.max(2, Math.round(width / 13)), 0) : block(u, v, width, 10.5),
    draft: (width) => ({
      use: 'residential',
      sort: 'slab',
      floors: random.whole(3, 5),
      storey: 3,
      units: Math.max(1, Math.round(width / 13)),
      flatsPerFloor: 2,
      builtYear: year + random.whole(0, 5),
      structure: 'brick_concrete',
      label: '',
    }),
  })
}

/** 里份: brick terraces of the concession years along straight lanes, shops with dwellings on the street. */
export function terraces(site: Site): void {
  const { random } = site
  const year = random.whole(1913, 1933)
  frontage(site, {
    kinds: ['arterial', 'secondary', 'street'],
    depth: [11, 14],
    width: [12, 26],
    gap: 0.6,
    open: 0.08,
    draft: () => ({
      use: 'mixed',
      sort: 'terrace',
      floors: random.whole(2, 3),
      storey: 3.6,
      units: 1,
      flatsPerFloor: 2,
      builtYear: year + random.whole(0, 6),
      structure: 'brick_wood',
      label: '',
    }),
  })
  rows(site, {
    axes: new Axes(site.axes.angle + (random.chance(0.6) ? Math.PI / 2 : 0)),
    depth: 11,
    spacing: 4.2,
    length: [18, 38],
    gap: 0.7,
    spine: 5,
    skip: 0.03,
    clearance: 0.6,
    paths: true,
    shape: (u, v, width) => block(u, v, width, 11),
    draft: () => ({
      use: 'residential',
      sort: 'terrace',
      floors: random.chance(0.75) ? 2 : 3,
      storey: 3.5,
      units: 1,
      flatsPerFloor: 2,
      builtYear: year + random.whole(0, 4),
      structure: 'brick_wood',
      label: '',
    }),
  })
}

/** 老巷: crooked lanes with courtyard houses, rebuilt one by one, whose titles are often disputed. */
export function lanes(site: Site): void {
  const { random } = site
  parcels(site, {
    area: [320, 780],
    alleys: [4.2, 3.4, 2.6, 2, 1.2, 0.7],
    court: 0.5,
    yard: 0.05,
    draft: () => ({
      use: random.chance(0.1) ? 'mixed' : 'residential',
      sort: 'house',
      floors: random.whole(1, 3),
      storey: 3.2,
      units: 1,
      flatsPerFloor: 2,
      builtYear: random.chance(0.55) ? random.whole(1928, 1965) : random.whole(1978, 1996),
      structure: random.chance(0.6) ? 'brick_wood' : 'brick_concrete',
      label: '',
    }),
  })
}

/** 城中村: narrow houses shoulder to shoulder, storey upon storey for rent. */
export function village(site: Site): void {
  const { random } = site
  rows(site, {
    axes: new Axes(site.axes.angle + random.bell(0.2, 0.05)),
    depth: 13,
    spacing: 3.2,
    length: [13, 20],
    gap: 1.6,
    spine: 4.5,
    skip: 0.06,
    clearance: 1,
    paths: true,
    shape: (u, v, width) =>
      block(
        u + random.between(0, 0.5),
        v + random.between(0, 1.2),
        width - random.between(0.5, 1.2),
        13 - random.between(1.2, 2.4),
      ),
    draft: () => ({
      use: random.chance(0.2) ? 'mixed' : 'residential',
      sort: 'house',
      floors: random.whole(3, 6),
      storey: 3.1,
      units: 1,
      flatsPerFloor: 1,
      builtYear: random.whole(1992, 2009),
      structure: 'brick_concrete',
      label: '',
    }),
  })
}

/** 小高层: slabs with a lift from the years around 2005. */
export function midRise(site: Site): void {
  const { random } = site
  const year = random.whole(2001, 2010)
  frontage(site, {
    kinds: ['arterial', 'secondary'],
    depth: [13, 16],
    width: [26, 48],
    gap: 5,
    open: 0.15,
    draft: shops(site, [2001, 2012]),
  })
  rows(site, {
    axes: site.axes,
    depth: 14,
    spacing: random.between(24, 29),
    length: [26, 52],
    gap: 14,
    spine: 9,
    skip: 0,
    clearance: 8,
    paths: true,
    shape: (u, v, width) => slab(u, v, width, 14, Math.max(2, Math.round(width / 19)), 1.8),
    draft: (width) => ({
      use: 'residential',
      sort: 'tower',
      floors: random.whole(9, 14),
      storey: 3,
      units: Math.max(2, Math.round(width / 19)),
      flatsPerFloor: 2,
      builtYear: year + random.whole(0, 2),
      structure: 'frame',
      label: '',
    }),
  })
}

/** 高层: towers on a garden behind a base of shops. */
export function towers(site: Site): void {
  const { random } = site
  const year = random.whole(2012, 2021)
  frontage(site, {
    kinds: ['arterial', 'secondary'],
    depth: [16, 22],
    width: [34, 62],
    gap: 7,
    open: 0.1,
    draft: shops(site, [2012, 2021]),
  })
  rows(site, {
    axes: site.axes,
    depth: 21,
    spacing: 36,
    length: [30, 46],
    gap: 20,
    spine: 0,
    skip: 0,
    clearance: 12,
    paths: true,
    shape: (u, v, width) => tower(u + (width - Math.min(width, 33)) / 2, v, Math.min(width, 33), 21),
    draft: () => ({
      use: 'residential',
      sort: 'tower',
      floors: random.whole(16, 24),
      storey: 2.95,
      units: 2,
      flatsPerFloor: 2,
      builtYear: year + random.whole(0, 1),
      structure: 'shear_wall',
      label: '',
    }),
  })
}
