import { place } from './frame.ts'
import { Subdivision } from './subdivision.ts'
import type { Edge, Face } from './subdivision.ts'

/**
 * The street's large roads, railway and canal, drawn by hand in river coordinates (metres downstream and inland):
 * five lines that follow the river, and between each two of them the lines that lead away from it. What lies between
 * is a quarter, later cut into grids.
 */
export type Along = { name: string; kind: Edge['kind']; at: (s: number) => number }
type Away = { name: string; kind: Edge['kind']; at: (t: number) => number }

const wave = (x: number, length: number, height: number) => Math.sin((x / length) * 2 * Math.PI) * height

export const along: readonly [Along, Along, Along, Along, Along] = [
  { name: '', kind: 'bank', at: (s) => wave(s, 1900, 16) },
  { name: '滨江大道', kind: 'arterial', at: (s) => 118 + wave(s - 300, 2600, 20) },
  { name: '望澜大道', kind: 'arterial', at: (s) => 522 + wave(s + 500, 3100, 36) },
  { name: '', kind: 'rail', at: (s) => 1030 + wave(s, 4200, 24) },
  { name: '北环路', kind: 'arterial', at: (s) => 1392 + 190 / (1 + Math.exp(-(s - 1160) / 240)) + wave(s, 1500, 13) },
]

const west = { name: '船厂西路', kind: 'secondary', at: (t) => -20 + wave(t, 1300, 26) - t * 0.03 } satisfies Away
const wharf = { name: '码头路', kind: 'secondary', at: (t) => 842 - t * 0.09 + wave(t, 1100, 12) } satisfies Away
const temple = { name: '三官路', kind: 'secondary', at: (t) => 655 + (t - 522) * 0.1 } satisfies Away
const works = { name: '红机路', kind: 'secondary', at: (t) => 950 - (t - 1030) * 0.07 } satisfies Away
export const middle = { name: '云汀路', kind: 'arterial', at: (t) => 1175 + wave(t, 2300, 32) } satisfies Away
export const canal = { name: '柳港', kind: 'canal', at: (t) => 1612 + wave(t - 200, 1550, 70) } satisfies Away
const east = { name: '新桥路', kind: 'secondary', at: (t) => 2384 - t * 0.06 + wave(t, 1500, 30) } satisfies Away

/** Between two lines along the river: the lines across, west to east. */
const rows: readonly (readonly Away[])[] = [
  [west, wharf, canal, east],
  [west, wharf, middle, canal, east],
  [west, temple, middle, canal, east],
  [west, works, middle, canal, east],
]

export type Quarter = { row: number; column: number; face: Face }

export type Skeleton = { plan: Subdivision; quarters: Quarter[] }

const pace = 62

export function makeSkeleton(): Skeleton {
  const plan = new Subdivision()
  // Along each line: every corner with its s, so that both sides share them.
  const lines = along.map((line, k) => {
    const meeting = new Set<number>()
    for (const row of [rows[k - 1], rows[k]]) for (const away of row ?? []) meeting.add(meet(away, line))
    const stops = [...meeting].sort((a, b) => a - b)
    const corners = new Map<number, number>()
    for (const s of densify(stops)) corners.set(s, plan.addPoint(place(s, line.at(s))))
    const order = [...corners]
    for (const [i, [, corner]] of order.entries()) {
      const next = order[i + 1]
      if (next !== undefined) plan.setEdge(corner, next[1], { kind: line.kind, name: line.name })
    }
    return { line, corners }
  })
  const quarters: Quarter[] = []
  for (const [k, row] of rows.entries()) {
    const below = lines[k] as (typeof lines)[number]
    const above = lines[k + 1] as (typeof lines)[number]
    const sides = row.map((away) => {
      const start = meet(away, below.line)
      const end = meet(away, above.line)
      const [from, to] = [below.line.at(start), above.line.at(end)]
      const inner = densify([from, to])
        .slice(1, -1)
        .map((t) => plan.addPoint(place(away.at(t), t)))
      const corners = [below.corners.get(start) as number, ...inner, above.corners.get(end) as number]
      for (let i = 0; i + 1 < corners.length; i++)
        plan.setEdge(corners[i] as number, corners[i + 1] as number, { kind: away.kind, name: away.name })
      return { start, end, corners }
    })
    for (let column = 0; column + 1 < sides.length; column++) {
      const [left, right] = [sides[column] as (typeof sides)[number], sides[column + 1] as (typeof sides)[number]]
      const bottom = between(below.corners, left.start, right.start)
      const top = between(above.corners, left.end, right.end)
      const loop = [
        ...bottom,
        ...right.corners.slice(1),
        ...top.toReversed().slice(1),
        ...left.corners.toReversed().slice(1, -1),
      ]
      quarters.push({ row: k, column, face: plan.addFace(loop) })
    }
  }
  return { plan, quarters }
}

/** s at which a line away from the river meets one along it. */
function meet(away: Away, line: Along): number {
  let s = away.at(0)
  for (let round = 0; round < 60; round++) s = away.at(line.at(s))
  return Math.round(s * 100) / 100
}

/** The given stops, and between them others at an even pace. */
function densify(stops: readonly number[]): number[] {
  const result: number[] = []
  for (let i = 0; i + 1 < stops.length; i++) {
    const [a, b] = [stops[i] as number, stops[i + 1] as number]
    const pieces = Math.max(1, Math.round((b - a) / pace))
    for (let piece = 0; piece < pieces; piece++) result.push(piece === 0 ? a : a + ((b - a) * piece) / pieces)
  }
  return [...result, stops.at(-1) as number]
}

function between(corners: ReadonlyMap<number, number>, from: number, to: number): number[] {
  return [...corners].filter(([s]) => s >= from && s <= to).map(([, corner]) => corner)
}
