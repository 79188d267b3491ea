import { z } from 'zod'
import { AreaPrefix } from './area-code.ts'
import { Channel } from './channel.ts'
import { Instant } from './instant.ts'
import { IncidentStatus } from './incident-status.ts'
import { IncidentType } from './incident-type.ts'
import { Risk } from './risk.ts'

/**
 * Which incidents are meant: the one filter of the map, the panels, the API and the exports.
 * An absent or empty list means “all”. Time is `reportedAt` in [from, to).
 */
export const IncidentFilter = z.object({
  area: AreaPrefix.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  types: z.array(IncidentType).optional(),
  channels: z.array(Channel).optional(),
  statuses: z.array(IncidentStatus).optional(),
  risks: z.array(Risk).optional(),
})
export type IncidentFilter = z.infer<typeof IncidentFilter>
