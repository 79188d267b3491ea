import type { Staff } from '@minqing/data/domain/staff'
import type { AreaWithBoundary } from '../street.ts'
import { personNames, phoneNumbers } from './person-names.ts'

const ofStreet: [Staff['role'], number][] = [
  ['street_leader', 3],
  ['duty_officer', 6],
  ['mediator', 4],
]
const ofCommunity: [Staff['role'], number][] = [
  ['community_secretary', 1],
  ['mediator', 2],
]
const ofGrid: [Staff['role'], number][] = [
  ['grid_leader', 1],
  ['grid_worker', 1],
]

/** Who is responsible for what: the first in an area's first role is its leader, its grid worker is on duty. */
export function makeStaff(areas: readonly AreaWithBoundary[], seed: number): Staff[] {
  const name = personNames(seed)
  const phone = phoneNumbers()
  const staff: Staff[] = []
  for (const area of areas) {
    const roles = { street: ofStreet, community: ofCommunity, grid: ofGrid }[area.level]
    for (const [position, [role, count]] of roles.entries())
      for (let i = 0; i < count; i++)
        staff.push({
          id: `S${String(staff.length + 1).padStart(4, '0')}`,
          streetCode: area.streetCode,
          areaCode: area.code,
          role,
          name: name(),
          workPhone: phone(),
          duty: role === 'grid_worker' ? 'worker' : position === 0 && i === 0 ? 'leader' : null,
        })
  }
  return staff
}
