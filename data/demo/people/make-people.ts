import { streetOf } from '@minqing/data/domain/area-code'
import type { Household, Resident } from '@minqing/data/domain/resident'
import type { Home } from '../make-buildings.ts'
import { Random } from '../../stats/random.ts'

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

type HouseholdKind =
  | 'elderAlone'
  | 'elderCouple'
  | 'elderCoupleChild'
  | 'couple'
  | 'family3'
  | 'family4'
  | 'threeGenerations'
  | 'singleParent'
  | 'renter'
  | 'sharers'

type Mix = Record<HouseholdKind, number>

const mix = (
  elderAlone: number,
  elderCouple: number,
  elderCoupleChild: number,
  couple: number,
  family3: number,
  family4: number,
  threeGenerations: number,
  singleParent: number,
  renter: number,
  sharers: number,
): Mix => ({
  elderAlone,
  elderCouple,
  elderCoupleChild,
  couple,
  family3,
  family4,
  threeGenerations,
  singleParent,
  renter,
  sharers,
})

const old = mix(8, 13, 11, 8, 18, 9, 17, 5, 6, 4)
const works = mix(7, 16, 12, 9, 20, 8, 14, 5, 5, 3)
const estate = mix(4.5, 12, 6, 12, 27, 12, 13, 5, 5, 3)
const modern = mix(1.2, 7, 1, 17, 32, 20, 11, 4, 6, 1)
const rented = mix(2.5, 5, 3, 17, 18, 14, 7, 3, 18, 15)

/** Which households live in a building, per hundred: older quarters have older people. */
function householdMix(home: Home): Mix {
  if (home.block === 'village') return rented
  if (home.draft.sort === 'tower') return modern
  if (home.draft.sort === 'slab') return home.draft.builtYear < 1982 ? works : estate
  return old
}

type Member = { age: number; sex: '1' | '2' }

function membersOf(kind: HouseholdKind, random: Random): Member[] {
  const sex = (): Member['sex'] => (random.chance(0.508) ? '1' : '2')
  const pair = (age: number): Member[] => [
    { age: age + random.whole(0, 4), sex: '1' },
    { age, sex: '2' },
  ]
  const child = (least: number, most: number): Member => ({ age: random.whole(least, most), sex: sex() })
  // The share thins out with each year, and few pass ninety.
  const elder = (from: number) =>
    from + Math.floor(random.next() ** 1.5 * 26) + (random.chance(0.02) ? random.whole(1, 7) : 0)
  const parent = random.whole(28, 54)
  const children = () => child(Math.max(0, parent - 38), Math.max(1, Math.min(26, parent - 24)))
  switch (kind) {
    case 'elderAlone':
      return [{ age: elder(63), sex: random.chance(0.33) ? '1' : '2' }]
    case 'elderCouple':
      return pair(elder(60))
    case 'elderCoupleChild':
      return [...pair(random.whole(60, 78)), child(30, 48)]
    case 'couple':
      return pair(random.whole(24, 57))
    case 'family3':
      return [...pair(parent), children()]
    case 'family4':
      return [...pair(parent), children(), children()]
    case 'threeGenerations': {
      const grandparents = pair(parent + random.whole(24, 29))
      return [...grandparents, ...pair(parent), children()].slice(random.chance(0.35) ? 1 : 0)
    }
    case 'singleParent':
      return [{ age: parent, sex: random.chance(0.25) ? '1' : '2' }, children()]
    case 'renter':
      return [{ age: random.whole(19, 46), sex: random.chance(0.58) ? '1' : '2' }]
    case 'sharers':
      return Array.from({ length: random.whole(2, 4) }, () => child(19, 44))
  }
}
