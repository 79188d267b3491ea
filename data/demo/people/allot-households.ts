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
      return { drafts, flats, total, goal: Math.min(490, Math.max(310, total * 0.9 + random.bell(0, 12))) }
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

/** Moves all goals by the same amount, within 300–500, until they sum to what is wanted. */
function balanced(goals: readonly number[]): number[] {
  let shift = 0
  let result: number[] = []
  for (let round = 0; round < 60; round++) {
    result = goals.map((goal) => Math.round(Math.min(500, Math.max(300, goal + shift))))
    const missing = wanted - result.reduce((sum, goal) => sum + goal, 0)
    if (missing === 0) break
    shift += missing / goals.length
  }
  return result
}
