import { communityOf, streetOf } from '@minqing/data/domain/area-code'
import type { Building } from '@minqing/data/domain/building'
import type { Measured } from '@minqing/data/domain/position-source'
import type { Polygon } from 'geojson'
import { centroid, distance, nearestOnSegment } from '../geo/plane.ts'
import type { BuiltBlock, BuiltGrid, BuiltPlan } from './plan/build-up.ts'
import { polygonOf, toLonLat } from './plan/frame.ts'
import type { BlockSort } from './plan/programme.ts'
import type { Draft } from './plan/site.ts'
import type { Point } from './plane.ts'
import { Random } from '../stats/random.ts'

/** A building with what the people's and the incidents' models need to know of it. */
export type Home = {
  building: Measured<Building> & { geometry: Polygon }
  draft: Draft
  block: BlockSort
  center: Point
  /** Where it meets the street: on the block's side of the nearest named road. */
  door: Point
  road: string
  roadKind: string
  flats: number
  elderlyAlone: number
  detectors: number
}

/** Gives every draft its code, name, address and number of households. */
export function makeBuildings(built: BuiltPlan, seed: number): Home[] {
  const homes: Home[] = []
  const names = estateNames(seed)
  const onRoad = new Map<string, number>()
  const households = allotHouseholds(built, seed)
  for (const community of built.communities) {
    let sequence = 0
    for (const grid of community.grids.toSorted((a, b) => (a.code < b.code ? -1 : 1)))
      for (const block of grid.blocks) {
        const estate = names.of(grid, block)
        let inEstate = estate === null ? 0 : names.count(estate)
        for (const draft of block.site.drafts) {
          const code = `${community.code}${String(++sequence).padStart(5, '0')}`
          const door = doorOf(block, draft)
          const number = (onRoad.get(door.road) ?? 0) + 1
          onRoad.set(door.road, number)
          const counted = estate !== null && (draft.sort === 'slab' || draft.sort === 'tower')
          if (counted) inEstate++
          const address = counted ? `${door.road}${estate}` : `${door.road}${number}号`
          const name = nameOf(block, draft, counted ? `${estate}${inEstate}栋` : `${door.road}${number}号`)
          homes.push(
            home(grid, block, draft, {
              code,
              name,
              address: counted ? `${address}${inEstate}栋` : address,
              estate: counted ? estate : null,
              door,
              households: households.get(draft) ?? 0,
            }),
          )
        }
        if (estate !== null) names.setCount(estate, inEstate)
      }
  }
  return homes
}

function nameOf(block: BuiltBlock, draft: Draft, standard: string): string {
  if (draft.label === '') return standard
  if (draft.label === '商铺') return `${standard}商铺`
  return `${block.plan.name ?? ''}${draft.label}`
}

type Naming = { code: string; name: string; address: string; estate: string | null; door: Door; households: number }
type Door = { point: Point; road: string; kind: string }

function home(grid: BuiltGrid, block: BuiltBlock, draft: Draft, naming: Naming): Home {
  const center = centroid(draft.shape.outer)
  const [lon, lat] = toLonLat(center)
  const { outer, courts } = draft.shape
  return {
    building: {
      code: naming.code,
      streetCode: streetOf(naming.code),
      communityCode: communityOf(naming.code),
      gridCode: grid.code,
      name: naming.name,
      address: naming.address,
      estate: naming.estate,
      floors: draft.floors,
      height: Math.round((draft.floors * draft.storey + 0.6) * 10) / 10,
      units: draft.units,
      builtYear: draft.builtYear,
      structure: draft.structure,
      use: draft.use,
      households: naming.households,
      residents: 0,
      center: { lon, lat },
      source: 'demo',
      sourceId: naming.code,
      geometry: polygonOf(outer, courts),
    },
    draft,
    block: block.plan.sort,
    center,
    door: naming.door.point,
    road: naming.door.road,
    roadKind: naming.door.kind,
    flats: draft.floors * draft.units * draft.flatsPerFloor,
    elderlyAlone: 0,
    detectors: 0,
  }
}

/** The nearest road of the block, and the point of its near kerb. */
function doorOf(block: BuiltBlock, draft: Draft): Door {
  const { ring, edges } = block.site
  const center = centroid(draft.shape.outer)
  let best: Door = { point: center, road: '', kind: 'lane' }
  let least = Infinity
  for (const [i, edge] of edges.entries()) {
    if (edge.name === '' || edge.kind === 'canal') continue
    const on = nearestOnSegment(ring[i] as Point, ring[(i + 1) % ring.length] as Point, center)
    const apart = distance(on, center)
    if (apart >= least) continue
    least = apart
    const share = Math.min(0.45, 4 / Math.max(apart, 1))
    best = {
      point: [on[0] + (center[0] - on[0]) * share, on[1] + (center[1] - on[1]) * share],
      road: edge.name,
      kind: edge.kind,
    }
  }
  return best
}

const stems: Partial<Record<BlockSort, { stems: string[]; ends: string[] }>> = {
  walkUp: {
    stems:
      '柳堤 柳苑 文昌 莲塘 同兴 安澜 春晖 德胜 金汀 永宁 北港 惠民 康乐 团结 兴业 新华 沿江 临澜 百步 花园 育才 建安 长丰 明珠 桂园 竹苑 梅苑 松涛 荷苑 怡和 安居 丰华 三元 和顺 锦绣 江汉苑 友谊 利民 新建 东方 民航 粮苑 银苑 税苑 邮电 航运 港务 外贸 商苑 医苑'.split(
        ' ',
      ),
    ends: ['小区', '新村', '花园', '苑小区'],
  },
  factoryHousing: {
    stems:
      '船厂 红机 铁路 机务段 棉纺 港务 搬运 造纸 面粉厂 轧钢 印刷 水厂 电机 轮渡 仪表 肉联 无线电 灯泡厂 搪瓷厂 自行车厂'.split(
        ' ',
      ),
    ends: ['宿舍', '家属院', '工人新村'],
  },
  midRise: {
    stems: '望江 金色港湾 香堤 水岸 丽景 都市 阳光 澜岸 书香 碧云 逸品 莲湖 凤凰'.split(' '),
    ends: ['雅苑', '华庭', '花园', '名居'],
  },
  towers: { stems: '观澜 江宸 云汀 澜庭 天汇 江屿 滨江 望澜 新澜'.split(' '), ends: ['府', '一号', '壹品', '国际'] },
}

/** Names of residential estates: one for all blocks of a kind in a grid. */
function estateNames(seed: number) {
  const random = new Random(seed, 'estates')
  const pools = new Map(Object.entries(stems).map(([sort, { stems: list }]) => [sort, random.shuffle(list)]))
  const given = new Map<string, string>()
  const counts = new Map<string, number>()
  return {
    of(grid: BuiltGrid, block: BuiltBlock): string | null {
      const { sort } = block.plan
      const words = stems[sort]
      if (words === undefined) return null
      const place = `${grid.code}/${sort}`
      const known = given.get(place)
      if (known !== undefined) return known
      const stem = pools.get(sort)?.pop()
      if (stem === undefined) throw new RangeError(`not enough names for estates of the kind ${sort}`)
      const end = random.pick(words.ends)
      const name = `${stem}${stem.endsWith('苑') && end.startsWith('苑') ? '小区' : end}`
      given.set(place, name)
      return name
    },
    count: (estate: string) => counts.get(estate) ?? 0,
    setCount: (estate: string, count: number) => void counts.set(estate, count),
  }
}

const wanted = 20_000

/**
 * How many households live in each building: every basic grid has 300–500 (GB/T 34300), 20,000 in all, spread over its
 * buildings by their flats. Old houses are divided between more families than they have flats.
 */
function allotHouseholds(built: BuiltPlan, seed: number): Map<Draft, number> {
  const random = new Random(seed, 'households')
  const grids = built.communities
    .flatMap((community) => community.grids)
    .filter((grid) => grid.plan.dedicated === undefined)
    .map((grid) => {
      const drafts = grid.blocks.flatMap((block) => block.site.drafts).filter((draft) => draft.flatsPerFloor > 0)
      const flats = drafts.map((draft) => draft.floors * draft.units * draft.flatsPerFloor)
      const total = flats.reduce((sum, count) => sum + count, 0)
      return { drafts, flats, total, goal: 290 + total * 0.24 + random.bell(0, 20) }
    })
  const goals = balanced(grids.map((grid) => grid.goal))
  const result = new Map<Draft, number>()
  for (const [g, grid] of grids.entries()) {
    // Largest remainders make the whole come out exactly.
    const exact = grid.flats.map((flats) => (flats / grid.total) * (goals[g] as number))
    const counts = exact.map(Math.floor)
    let rest = (goals[g] as number) - counts.reduce((sum, count) => sum + count, 0)
    const order = exact
      .map((value, i) => ({ i, part: value - Math.floor(value) }))
      .sort((a, b) => b.part - a.part || a.i - b.i)
    for (const { i } of order) if (rest-- > 0) counts[i] = (counts[i] as number) + 1
    for (const [i, draft] of grid.drafts.entries()) result.set(draft, counts[i] as number)
  }
  return result
}

/** Moves all goals by about the same amount, within 300–500, until they sum to what is wanted. */
function balanced(goals: readonly number[]): number[] {
  const shift = (wanted - goals.reduce((sum, goal) => sum + goal, 0)) / goals.length
  const result = goals.map((goal) => Math.round(Math.min(495, Math.max(305, goal + shift))))
  for (let i = 0; ; i = (i + 1) % result.length) {
    const missing = wanted - result.reduce((sum, goal) => sum + goal, 0)
    if (missing === 0) return result
    const goal = (result[i] as number) + Math.sign(missing)
    if (goal >= 305 && goal <= 495) result[i] = goal
  }
}
