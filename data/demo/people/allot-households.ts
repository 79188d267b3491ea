import { Random } from '../random.ts'
import type { BuiltPlan } from '../plan/build-up.ts'
import type { Draft } from '../plan/site.ts'

const wanted = 20_000

/**
 * How many households live in each building: every basic grid has 300–500 (GB/T 34300), 20,000 in all, spread over its
 * buildings by their flats. Old houses are divided between more families than they have flats.
 */
export function allotHouseholds(built: BuiltPlan, seed: number): Map<Draft, number> {
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
