import { z } from 'zod'
import { AreaCode, type AreaLevel, StreetCode } from './area-code.ts'

export const staffRoles = [
  'grid_worker',
  'grid_leader',
  'community_secretary',
  'mediator',
  'duty_officer',
  'street_leader',
] as const
export const StaffRole = z.enum(staffRoles)
export type StaffRole = z.infer<typeof StaffRole>

/** Contacts of an area: its leader, and the grid worker on duty. */
export const duties = ['leader', 'worker'] as const
export type Duty = (typeof duties)[number]

/** The role of whoever is an area's contact. */
export function roleOfDuty(duty: Duty, level: AreaLevel): StaffRole {
  if (duty === 'worker') return 'grid_worker'
  return ({ street: 'street_leader', community: 'community_secretary', grid: 'grid_leader' } as const)[level]
}

/** A person on duty in an area. */
export const Staff = z.object({
  id: z.string(),
  streetCode: StreetCode,
  areaCode: AreaCode,
  role: StaffRole,
  /** Empty where only the phone is known, as `workPhone` where only the name is. */
  name: z.string(),
  workPhone: z.string(),
  /** Which of the area's contacts this is; null for others on duty there. */
  duty: z.enum(duties).nullable(),
})
export type Staff = z.infer<typeof Staff>

/** The contacts as an area shows them, read from `staff`. */
export const AreaContacts = z.object({
  /** 网格长 of a grid, secretary of a community, director of a street. */
  leader: z.string().nullable(),
  leaderPhone: z.string().nullable(),
  /** The grid worker on duty, with the phone a resident may call. */
  worker: z.string().nullable(),
  workerPhone: z.string().nullable(),
})
export type AreaContacts = z.infer<typeof AreaContacts>
