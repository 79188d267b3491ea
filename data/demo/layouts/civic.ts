import type { Point } from '../plane.ts'
import { block, comb, corner, courtyard, horseshoe, letterH, rectangle } from '../plan/shape.ts'
import type { Shape } from '../plan/shape.ts'
import type { Draft, Site } from '../plan/site.ts'
import { oval } from './garden.ts'

type Kind = Omit<Draft, 'shape'>

const service: Kind = {
  use: 'other',
  sort: 'service',
  floors: 1,
  storey: 3.6,
  units: 1,
  flatsPerFloor: 0,
  builtYear: 1998,
  structure: 'brick_concrete',
  label: '配电房',
}

/** Tries a shape over the block from one side to the other; true where it found space. */
export function fit(
  site: Site,
  width: number,
  depth: number,
  make: (u: number, v: number) => Shape,
  gap: number,
  kind: Kind,
  order: 'low' | 'high' = 'low',
): boolean {
  const spot = freeSpot(site, width, depth, gap, order)
  return spot !== null && site.build(make(spot[0], spot[1]), gap * 0.9, kind)
}

function freeSpot(site: Site, width: number, depth: number, gap: number, order: 'low' | 'high'): Point | null {
  const [, bottom, , top] = site.axes.box(site.ring)
  const levels: number[] = []
  for (let v = bottom + 0.1; v + depth < top; v += 3) levels.push(v)
  for (const v of order === 'low' ? levels : levels.toReversed())
    for (const [a, b] of site.stretches(v, depth, gap)) if (b - a > width + 0.2) return [a + (b - a - width) / 2, v]
  return null
}

/** A school: sports ground, teaching building, hall. */
export function school(site: Site, name: string, large: boolean): void {
  const { random } = site
  site.ornament('land', 'school', [...site.ring], name)
  const year = random.whole(1978, 2006)
  const base: Kind = {
    use: 'school',
    sort: 'hall',
    floors: 4,
    storey: 3.7,
    units: 1,
    flatsPerFloor: 0,
    builtYear: year,
    structure: 'frame',
    label: '',
  }
  for (const [length, across] of large
    ? ([
        [112, 62],
        [88, 48],
        [64, 36],
      ] as const)
    : ([
        [76, 42],
        [56, 32],
        [36, 20],
      ] as const)) {
    const spot = freeSpot(site, length, across, 5, 'low')
    if (spot === null) continue
    const ring = site.reserve(rectangle(spot[0], spot[1], length, across), 4)
    if (ring === null) continue
    const out = (points: Point[]) => points.map((point) => site.axes.out(point))
    site.ornament('land', 'track', out(oval(spot[0], spot[1], length, across)))
    site.ornament('green', 'pitch', out(oval(spot[0] + 9, spot[1] + 9, length - 18, across - 18)))
    break
  }
  const tries: [number, number, (u: number, v: number) => Shape, Kind][] = [
    [62, 44, (u, v) => comb(u, v, 62, 44, 11, 3), { ...base, floors: 5, label: '教学楼' }],
    [46, 36, (u, v) => horseshoe(u, v, 46, 36, 10.5), { ...base, label: '综合楼' }],
    [36, 24, (u, v) => block(u, v, 36, 24), { ...base, floors: 2, storey: 6, label: '体育馆' }],
    [40, 11, (u, v) => block(u, v, 40, 11), { ...base, floors: 3, label: '实验楼' }],
    [18, 12, (u, v) => block(u, v, 18, 12), { ...base, floors: 2, label: '食堂' }],
  ]
  for (const [width, depth, make, kind] of tries) fit(site, width, depth, make, 7, kind, 'high')
}

export function hospital(site: Site, name: string): void {
  site.ornament('land', 'medical', [...site.ring], name)
  const base: Kind = {
    use: 'medical',
    sort: 'hall',
    floors: 6,
    storey: 3.9,
    units: 1,
    flatsPerFloor: 0,
    builtYear: 1994,
    structure: 'frame',
    label: '',
  }
  fit(
    site,
    72,
    54,
    (u, v) => letterH(u, v, 72, 54, 17),
    9,
    { ...base, floors: 11, builtYear: 2009, label: '住院楼' },
    'high',
  )
  fit(site, 60, 34, (u, v) => courtyard(u, v, 60, 34, 11), 9, { ...base, floors: 5, label: '门诊楼' })
  fit(site, 34, 15, (u, v) => block(u, v, 34, 15), 7, { ...base, floors: 4, label: '医技楼' })
  fit(site, 30, 14, (u, v) => block(u, v, 30, 14), 7, { ...base, floors: 3, label: '行政楼' })
  fit(site, 14, 9, (u, v) => block(u, v, 14, 9), 5, { ...service, use: 'medical', label: '发热门诊' })
}

/** A covered market between rows of small shops. */
export function market(site: Site, name: string): void {
  const { random } = site
  site.ornament('land', 'market', [...site.ring], name)
  const hall: Kind = {
    use: 'market',
    sort: 'hall',
    floors: 2,
    storey: 5,
    units: 1,
    flatsPerFloor: 0,
    builtYear: 1996,
    structure: 'steel',
    label: '交易大厅',
  }
  if (!fit(site, 92, 56, (u, v) => block(u, v, 92, 56), 9, hall))
    fit(site, 60, 40, (u, v) => block(u, v, 60, 40), 8, hall)
  for (let i = 0; i < 12; i++) {
    const width = random.between(26, 40)
    fit(site, width, 9, (u, v) => block(u, v, width, 9), 5, {
      ...hall,
      sort: 'shop',
      floors: 2,
      storey: 3.6,
      structure: 'frame',
      label: '商铺',
    })
  }
}

/** Department stores and office buildings. */
export function centre(site: Site, name: string): void {
  const { random } = site
  site.ornament('land', 'commercial', [...site.ring], name)
  const base: Kind = {
    use: 'commercial',
    sort: 'hall',
    floors: 5,
    storey: 4.8,
    units: 1,
    flatsPerFloor: 0,
    builtYear: random.whole(1996, 2016),
    structure: 'frame',
    label: '购物中心',
  }
  fit(site, 84, 58, (u, v) => corner(u, v, 84, 34, 58, 36, random.chance(0.5)), 12, base)
  for (let i = 0; i < 4; i++) {
    const office: Kind = {
      ...base,
      use: 'office',
      floors: random.whole(9, 24),
      storey: 3.8,
      builtYear: random.whole(1999, 2019),
      structure: 'shear_wall',
      label: '写字楼',
    }
    const width = random.between(26, 38)
    fit(site, width, 24, (u, v) => block(u, v, width, 24), 13, office, i % 2 === 0 ? 'high' : 'low')
  }
  for (let i = 0; i < 5; i++) {
    const width = random.between(22, 40)
    fit(site, width, 14, (u, v) => block(u, v, width, 14), 8, {
      ...base,
      sort: 'shop',
      floors: random.whole(2, 4),
      label: '商铺',
    })
  }
}

/** Workshops and sheds; a creative park where the machines have gone. */
export function works(site: Site, name: string, yard: boolean): void {
  const { random } = site
  site.ornament('land', 'industrial', [...site.ring], name)
  const base: Kind = {
    use: 'industrial',
    sort: 'hall',
    floors: 1,
    storey: 9,
    units: 1,
    flatsPerFloor: 0,
    builtYear: random.whole(1953, 1972),
    structure: 'steel',
    label: '厂房',
  }
  for (let i = 0; i < 22; i++) {
    const width = random.between(44, 92)
    const depth = random.between(20, 32)
    const label = yard ? random.pick(['创意工坊', '船台车间', '展览馆']) : '厂房'
    if (
      !fit(
        site,
        width,
        depth,
        (u, v) => block(u, v, width, depth),
        11,
        { ...base, use: yard && random.chance(0.6) ? 'commercial' : 'industrial', label },
        i % 2 === 0 ? 'low' : 'high',
      )
    ) {
      const small = random.between(18, 34)
      fit(site, small, 12, (u, v) => block(u, v, small, 12), 8, {
        ...base,
        use: 'office',
        floors: random.whole(2, 4),
        storey: 3.6,
        structure: 'brick_concrete',
        label: '办公楼',
      })
    }
  }
}

/** A temple: gate, hall and rear hall on one axis, side halls around. */
export function shrine(site: Site, name: string): void {
  site.ornament('land', 'public', [...site.ring], name)
  const base: Kind = {
    use: 'public',
    sort: 'hall',
    floors: 1,
    storey: 7,
    units: 1,
    flatsPerFloor: 0,
    builtYear: 1736,
    structure: 'brick_wood',
    label: '殿',
  }
  const spot = freeSpot(site, 52, 78, 4, 'low') ?? freeSpot(site, 40, 56, 3, 'low')
  if (spot === null) return
  const [u, v] = spot
  const put = (shape: Shape, label: string) => site.build(shape, 1, { ...base, label })
  put(block(u + 14, v, 16, 8), '山门')
  put(block(u + 10, v + 22, 24, 14), '大殿')
  put(block(u + 12, v + 46, 20, 9), '后殿')
  put(block(u + 1, v + 14, 6, 26), '西配殿')
  put(block(u + 37, v + 14, 6, 26), '东配殿')
}

/** The station: hall along the tracks, a square before it, hotels around. */
export function station(site: Site, name: string): void {
  site.ornament('land', 'square', [...site.ring], name)
  const base: Kind = {
    use: 'transport',
    sort: 'hall',
    floors: 3,
    storey: 7,
    units: 1,
    flatsPerFloor: 0,
    builtYear: 2008,
    structure: 'steel',
    label: '候车大厅',
  }
  if (!fit(site, 150, 42, (u, v) => block(u, v, 150, 42), 8, base))
    fit(site, 112, 38, (u, v) => block(u, v, 112, 38), 6, base)
  fit(site, 46, 13, (u, v) => block(u, v, 46, 13), 9, { ...base, floors: 2, storey: 4, label: '公交枢纽' }, 'high')
  fit(
    site,
    30,
    18,
    (u, v) => block(u, v, 30, 18),
    9,
    { ...base, use: 'commercial', floors: 9, storey: 3.4, label: '旅社' },
    'high',
  )
  fit(
    site,
    26,
    18,
    (u, v) => block(u, v, 26, 18),
    9,
    { ...base, use: 'commercial', floors: 7, storey: 3.4, label: '宾馆' },
    'high',
  )
  fit(
    site,
    16,
    10,
    (u, v) => block(u, v, 16, 10),
    7,
    { ...base, use: 'public', floors: 2, storey: 3.6, label: '站前警务室' },
    'high',
  )
}

/** 征收片区: cleared ground behind a hoarding, the last houses still standing. */
export function clearing(site: Site, name: string): void {
  const { random } = site
  site.ornament('land', 'construction', [...site.ring], name)
  for (let i = 0; i < 7; i++) {
    const width = random.between(10, 16)
    fit(
      site,
      width,
      10,
      (u, v) => block(u + random.between(-8, 8), v, width, 10),
      16,
      {
        use: 'residential',
        sort: 'house',
        floors: random.whole(2, 4),
        storey: 3.1,
        units: 1,
        flatsPerFloor: 1,
        builtYear: random.whole(1980, 1998),
        structure: 'brick_concrete',
        label: '',
      },
      i % 2 === 0 ? 'low' : 'high',
    )
  }
  fit(site, 30, 7, (u, v) => block(u, v, 30, 7), 6, {
    ...service,
    use: 'other',
    floors: 2,
    storey: 3,
    builtYear: 2024,
    label: '工地板房',
  })
}

/** Community offices: what a community has of its own. */
export function communityHouse(site: Site): void {
  fit(site, 30, 13, (u, v) => block(u, v, 30, 13), 5, {
    ...service,
    use: 'public',
    floors: 3,
    builtYear: 2011,
    structure: 'frame',
    label: '党群服务中心',
  })
}

export function kindergarten(site: Site): void {
  const year = site.random.whole(1988, 2015)
  fit(site, 34, 22, (u, v) => corner(u, v, 34, 11, 22, 11, site.random.chance(0.5)), 6, {
    use: 'school',
    sort: 'hall',
    floors: 3,
    storey: 3.6,
    units: 1,
    flatsPerFloor: 0,
    builtYear: year,
    structure: 'frame',
    label: '幼儿园',
  })
}

/** Bicycle sheds, substations and guard houses between the slabs. */
export function services(site: Site, count: number): void {
  const { random } = site
  for (let i = 0; i < count; i++) {
    const [width, depth, label] = random.pick([
      [16, 5, '非机动车棚'],
      [7, 5, '配电房'],
      [5, 4, '门卫室'],
      [9, 5, '垃圾分类屋'],
    ] as const)
    fit(
      site,
      width,
      depth,
      (u, v) => block(u, v, width, depth),
      3,
      { ...service, builtYear: random.whole(1990, 2020), label },
      random.chance(0.5) ? 'low' : 'high',
    )
  }
}
