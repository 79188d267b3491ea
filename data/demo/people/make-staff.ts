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

/** Who is responsible for what; writes leader and worker into the areas. */
export function makeStaff(areas: AreaWithBoundary[], seed: number): Staff[] {
  const name = personNames(seed)
  const phone = phoneNumbers()
  const staff: Staff[] = []
  for (const area of areas) {
    const roles = { street: ofStreet, community: ofCommunity, grid: ofGrid }[area.level]
    for (const [role, count] of roles)
      for (let i = 0; i < count; i++)
        staff.push({
          id: `S${String(staff.length + 1).padStart(4, '0')}`,
          streetCode: area.streetCode,
          areaCode: area.code,
          role,
          name: name(),
          workPhone: phone(),
        })
    const own = staff.filter((person) => person.areaCode === area.code)
    const leader = own.find((person) => person.role === roles[0]?.[0])
    const worker = own.find((person) => person.role === 'grid_worker')
    area.leader = leader?.name ?? null
    area.leaderPhone = leader?.workPhone ?? null
    area.worker = worker?.name ?? null
    area.workerPhone = worker?.workPhone ?? null
  }
  return staff
}
