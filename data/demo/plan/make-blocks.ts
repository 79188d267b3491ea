import { centroid, signedArea, distance } from '../../geo/plane.ts'
import { Axes, type Point } from '../plane.ts'
import { Random } from '../../stats/random.ts'
import { downstream, heading } from './frame.ts'
import type { BlockPlan, CommunityPlan, GridPlan } from './programme.ts'
import { makeSkeleton } from './skeleton.ts'
import type { Edge, Face, Subdivision } from './subdivision.ts'

export type Block = { plan: BlockPlan; face: Face }
type Grid = { plan: GridPlan; blocks: Block[] }
export type Community = { name: string; grids: Grid[] }

/** Cuts the quarters into grids and the grids into blocks, with a road at every cut. */
export function makeBlocks(
  seed: number,
  programme: readonly CommunityPlan[],
): { plan: Subdivision; communities: Community[] } {
  const random = new Random(seed, 'blocks')
  const { plan, quarters } = makeSkeleton()
  const communities = programme.map((community): Community => {
    const grids: Grid[] = []
    for (const { row, column, grids: plans } of community.quarters) {
      const quarter = quarters.find((candidate) => candidate.row === row && candidate.column === column)
      if (quarter === undefined) throw new RangeError(`no quarter in row ${row}, column ${column}`)
      const faces = divide(plan, quarter.face, plans, random, plans.length > 3 ? 'secondary' : 'street')
      for (const [gridPlan, face] of faces)
        grids.push({
          plan: gridPlan,
          blocks: divide(plan, face, gridPlan.blocks, random, 'lane').map(([block, part]) => ({
            plan: block,
            face: part,
          })),
        })
    }
    return { name: community.name, grids }
  })
  nameRoads(plan, random)
  return { plan, communities }
}

/** Halves a face and its list of parts again and again, each time across its longer side. */
function divide<P extends { share: number }>(
  plan: Subdivision,
  face: Face,
  parts: readonly P[],
  random: Random,
  kind: Edge['kind'],
): [P, Face][] {
  const [first] = parts
  if (first === undefined) return []
  if (parts.length === 1) return [[first, face]]
  const half = Math.ceil(parts.length / 2)
  const share = (list: readonly P[]) => list.reduce((sum, part) => sum + part.share, 0)
  const ring = plan.ring(face)
  const turn = heading(downstream(centroid(ring))) + random.bell(0, 0.05)
  const [u0, v0, u1, v1] = new Axes(turn).box(ring)
  // A cut along v leaves the west side to its left: the first half of the list is the western or the riverward one.
  const wide = u1 - u0 > v1 - v0
  const fraction = share(parts.slice(0, half)) / share(parts)
  // Every cut is a road of its own until the roads are named.
  const options = {
    kind,
    name: `#${plan.faces.size}.${face.id}`,
    snap: kind === 'lane' ? 16 : 26,
    bow: random.bell(0, 0.02),
  }
  const cut = plan.cut(face, wide ? turn + Math.PI / 2 : turn, wide ? 1 - fraction : fraction, options)
  if (cut === null) throw new RangeError(`a face of ${Math.round(signedArea(ring))} m² could not be cut`)
  const [a, b] = wide ? [cut[1], cut[0]] : cut
  const next = kind === 'secondary' ? 'street' : kind
  return [...divide(plan, a, parts.slice(0, half), random, next), ...divide(plan, b, parts.slice(half), random, next)]
}

const large =
  '文昌路 柳堤路 红星路 安澜路 同兴路 永宁路 三元路 德胜路 春晖路 金汀路 新建路 育才路 民主路 和平路 建设路 团结路 胜利路 朝阳路'.split(
    ' ',
  )
const middling =
  '会馆街 织布街 米厂街 药王街 渡船街 花布街 船坞街 鱼行街 盐仓街 打铁街 油坊街 书院街 石码街 竹行街 棉花街 茶庄街 灯笼街 豆腐街 草纸街 铜匠街 伞铺街 酱园街 车站街 道岔街 水塔街 电机街 齿轮街 铸造街 工人街 新村街 莲塘街 荷花街 桂花街 梧桐街 香樟街 银杏街 海棠街 玉兰街'.split(
    ' ',
  )
const small =
  '福寿 仁和 永安 太平 长乐 吉庆 三德 同善 积善 惠民 泰兴 广益 宝善 崇仁 启明 辅德 延寿 安乐 如意 万安 兴隆 仁寿 咸宁 致和 清芬 延昌 普爱 坤厚 汉润 联保 福忠 大成 生成 保成 鼎安 泰宁 义成 尚德 树德 聚福 聚贤 德润 德邻 春和 景明 晴川 芳草 栖霞 望江 听涛 柳浪 观鱼 采菱 晒网 系缆 扬帆 锚地 汽笛 号子 灯塔 信号 扳道 钢花 铁砧 车床 炉前 先锋 劳动 五一 新风 曙光 幸福 光荣 前进 东升 向阳 立新 红旗 民生 民权 民族'.split(
    ' ',
  )

/** Joins cuts that run straight on through a crossing into one road, and names every road. */
function nameRoads(plan: Subdivision, random: Random): void {
  const parent = new Map<string, string>()
  const root = (name: string): string => {
    let top = name
    for (let up = parent.get(top); up !== undefined; up = parent.get(top)) top = up
    return top
  }
  const length = new Map<string, number>()
  const kinds = new Map<string, string>()
  for (const [a, b, edge] of plan.edges()) {
    if (!edge.name.startsWith('#')) continue
    length.set(edge.name, (length.get(edge.name) ?? 0) + distance(plan.points[a] as Point, plan.points[b] as Point))
    kinds.set(edge.name, edge.kind)
    for (const [from, over] of [
      [a, b],
      [b, a],
    ] as const)
      for (const next of plan.neighbours(over)) {
        const other = plan.edge(over, next)
        if (next === from || !other.name.startsWith('#') || root(other.name) === root(edge.name)) continue
        if (straight(plan, from, over, next) && (other.kind === 'lane') === (edge.kind === 'lane'))
          parent.set(root(other.name), root(edge.name))
      }
  }
  const groups = new Map<string, number>()
  for (const [name, metres] of length) groups.set(root(name), (groups.get(root(name)) ?? 0) + metres)
  const names = new Map<string, string>()
  const pools = { large: random.shuffle(large), middling: random.shuffle(middling), small: random.shuffle(small) }
  for (const [group] of [...groups].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)))
    names.set(
      group,
      kinds.get(group) === 'lane'
        ? alley(pools.small, names.size, random)
        : (pools.large.pop() ?? pools.middling.pop() ?? alley(pools.small, names.size, random)),
    )
  for (const [, , edge] of plan.edges()) if (edge.name.startsWith('#')) edge.name = names.get(root(edge.name)) as string
}

const ends = ['里', '巷', '路', '街'] as const

function alley(pool: string[], count: number, random: Random): string {
  const stem = pool.pop()
  if (stem === undefined) throw new RangeError(`more than ${count} roads: there are not enough names`)
  // Each stem serves a lane and, later, its sister.
  if (!stem.includes('|')) pool.unshift(`${stem}|`)
  return stem.endsWith('|') ? `${stem.slice(0, -1)}二巷` : `${stem}${random.pick(ends.slice(0, 2))}`
}

function straight(plan: Subdivision, a: number, b: number, c: number): boolean {
  const [ax, ay] = plan.points[a] as Point
  const [bx, by] = plan.points[b] as Point
  const [cx, cy] = plan.points[c] as Point
  const turn = Math.atan2((bx - ax) * (cy - by) - (by - ay) * (cx - bx), (bx - ax) * (cx - bx) + (by - ay) * (cy - by))
  return Math.abs(turn) < 0.3
}
