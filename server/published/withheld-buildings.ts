import { leastHouseholds } from '@minqing/data/domain/export'
import type { Transaction } from '../store/connect.ts'

type Unit = { code: string; above: string; households: number | null }

/**
 * Units whose numbers of households and residents are withheld: those of fewer than `leastHouseholds`, and, where these
 * together would still be that few beside the sum of the area above, the smallest others until they are not. One alone
 * is never withheld alone: the sum would show it.
 */
export function withheldUnits(units: readonly Unit[]): Set<string> {
  const withheld = new Set<string>()
  for (const own of Map.groupBy(units, ({ above }) => above).values()) {
    const sorted = own
      .filter((unit): unit is Unit & { households: number } => unit.households !== null && unit.households > 0)
      .toSorted((a, b) => a.households - b.households || (a.code < b.code ? -1 : 1))
    let together = 0
    let number = 0
    for (const { code, households } of sorted) {
      const isSmall = households < leastHouseholds
      const isNeeded = number > 0 && (number < 2 || together < leastHouseholds)
      if (!isSmall && !isNeeded) break
      withheld.add(code)
      together += households
      number += 1
    }
  }
  return withheld
}

/** Of the buildings that the transaction sees, by grid (of those without one, by community). */
export async function readWithheldBuildings(transaction: Transaction): Promise<Set<string>> {
  const units = await transaction<Unit[]>`
    select code, coalesce(grid_code, community_code) as above, households from building`
  return withheldUnits(units)
}

/** Of the areas that the transaction sees, by the area above. */
export async function readWithheldAreas(transaction: Transaction): Promise<Set<string>> {
  const units = await transaction<Unit[]>`select code, coalesce(parent_code, '') as above, households from area`
  return withheldUnits(units)
}
