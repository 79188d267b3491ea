import { streetOf } from '@minqing/data/domain/area-code'
import type { Household, Resident } from '@minqing/data/domain/resident'
import type { Home } from '../make-buildings.ts'
import { Random } from '../random.ts'
import { householdMix, membersOf } from './household-mix.ts'

/** Settles households and their members; counts them into their buildings. */
export function makePeople(
  homes: Home[],
  seed: number,
  year: number,
): { households: Household[]; residents: Resident[] } {
  const households: Household[] = []
  const residents: Resident[] = []
  for (const home of homes) {
    const { building, draft } = home
    const count = building.households ?? 0
    if (count === 0 || building.gridCode === null) continue
    const random = new Random(seed, 'people', building.code)
    const perFloor = Math.max(1, draft.flatsPerFloor)
    const slots = home.flats
    for (let i = 0; i < count; i++) {
      // Evenly over the flats; where families outnumber flats, they share them.
      const slot = Math.floor(((i + 0.5) / count) * slots)
      const unit = Math.floor(slot / (draft.floors * perFloor)) + 1
      const floor = (Math.floor(slot / perFloor) % draft.floors) + 1
      const room = `${floor}${String((slot % perFloor) + 1).padStart(2, '0')}`
      const id = `${building.code}${String(unit).padStart(2, '0')}${String(i + 1).padStart(4, '0')}`
      households.push({
        id,
        streetCode: streetOf(id),
        gridCode: building.gridCode,
        buildingCode: building.code,
        unit,
        floor,
        room,
      })
      const kind = random.weighted(householdMix(home))
      const migrant = kind === 'renter' || kind === 'sharers' || random.chance(home.block === 'village' ? 0.45 : 0.08)
      for (const [m, member] of membersOf(kind, random).entries())
        residents.push({
          id: `${id}${String(m + 1).padStart(2, '0')}`,
          streetCode: streetOf(id),
          gridCode: building.gridCode,
          buildingCode: building.code,
          householdId: id,
          sex: member.sex,
          birthDate: birthDate(member.age, year, random),
          populationType: migrant ? '20' : random.chance(0.002) ? '30' : '10',
          livesAlone: kind === 'elderAlone',
        })
      if (kind === 'elderAlone') home.elderlyAlone++
    }
    building.residents = residents.length
  }
  // Counted by difference: each building's share of the list.
  let before = 0
  for (const { building } of homes) {
    if ((building.households ?? 0) === 0) continue
    const until = building.residents ?? 0
    building.residents = until - before
    before = until
  }
  return { households, residents }
}

function birthDate(age: number, year: number, random: Random): string {
  const month = String(random.whole(1, 12)).padStart(2, '0')
  return `${year - 1 - age}-${month}-${String(random.whole(1, 28)).padStart(2, '0')}`
}
