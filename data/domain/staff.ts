import { z } from 'zod'
import { AreaCode, StreetCode } from './area-code.ts'

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

export const Staff = z.object({
  id: z.string(),
  streetCode: StreetCode,
  areaCode: AreaCode,
  role: StaffRole,
  name: z.string(),
  workPhone: z.string(),
})
export type Staff = z.infer<typeof Staff>
