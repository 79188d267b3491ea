import { polygonOf } from '../geometry.ts'
import type { Point } from '../plane.ts'
import type { BuiltPlan } from '../plan/build-up.ts'
import { place } from '../plan/frame.ts'
import { along, canal } from '../plan/skeleton.ts'
import type { Drawing } from './draw-base-map.ts'

const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step)

/** The river with its far bank, and the canal. */
export function drawWater(_built: BuiltPlan): Drawing[] {
  const bank = along[0]
  if (bank === undefined) return []
  const near = range(-2600, 5200, 40).map((s) => place(s, bank.at(s)))
  const far = range(-2600, 5200, 40).map((s) => place(s, -980 + Math.sin(s / 700) * 60))
  const outer = range(-2600, 5200, 40).map((s) => place(s, -1120 + Math.sin(s / 640) * 50))
  const flow = range(-6, 2900, 22)
  const half = 11
  const shore = (side: number): Point[] => flow.map((t) => place(canal.at(t) + side * half, t))
  return [
    { layer: 'water', kind: 'river', name: '澜江', rank: 1, geometry: polygonOf([...far, ...near.toReversed()]) },
    { layer: 'green', kind: 'park', name: '', rank: 0, geometry: polygonOf([...outer, ...far.toReversed()]) },
    {
      layer: 'water',
      kind: 'canal',
      name: canal.name,
      rank: 2,
      geometry: polygonOf([...shore(-1).toReversed(), ...shore(1)]),
    },
  ]
}
