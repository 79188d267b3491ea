import type { Home } from '../make-buildings.ts'
import type { Random } from '../random.ts'

export type HouseholdKind =
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
export function householdMix(home: Home): Mix {
  if (home.block === 'village') return rented
  if (home.draft.sort === 'tower') return modern
  if (home.draft.sort === 'slab') return home.draft.builtYear < 1982 ? works : estate
  return old
}

export type Member = { age: number; sex: '1' | '2' }

export function membersOf(kind: HouseholdKind, random: Random): Member[] {
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
