import { z } from 'zod'
import { Area } from './area.ts'
import { AreaCode, AreaLevel } from './area-code.ts'
import { BuildingUse } from './building.ts'
import { Channel } from './channel.ts'
import { Instant } from './instant.ts'
import { IncidentStatus } from './incident-status.ts'
import { IncidentType } from './incident-type.ts'
import { BoundingBox } from './position.ts'
import { AgeBand } from './resident.ts'
import { Risk } from './risk.ts'

const Count = z.int().min(0)

/** `GET /api/summary`: how many incidents the filter holds, cut each way the panels show. Rows of zero are left out. */
export const IncidentSummary = z.object({
  /** Moment of the newest step that the counts contain. */
  asOf: Instant,
  total: Count,
  open: Count,
  /** Open and past `dueAt`. */
  overdue: Count,
  byType: z.array(z.object({ type: IncidentType, count: Count })),
  byChannel: z.array(z.object({ channel: Channel, count: Count })),
  byStatus: z.array(z.object({ status: IncidentStatus, count: Count })),
  byRisk: z.array(z.object({ risk: Risk, count: Count })),
  /** Calendar months in Asia/Shanghai, `YYYY-MM`, without gaps between the first and the last. */
  byMonth: z.array(z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), count: Count })),
  /** Hours of the day in Asia/Shanghai, always 24. */
  byHour: z.array(Count).length(24),
  /** The areas one level below the filter's area (streets when there is none). */
  byArea: z.array(z.object({ code: AreaCode, name: z.string(), total: Count, open: Count, overdue: Count })),
})
export type IncidentSummary = z.infer<typeof IncidentSummary>

const AreaReference = z.object({ code: AreaCode, level: AreaLevel, name: z.string(), bbox: BoundingBox })

/** `GET /api/areas/{code}`: what the drill-down panel shows of a place, incidents aside. */
export const AreaProfile = z.object({
  area: Area,
  bbox: BoundingBox,
  /** From the street down to the area itself. */
  path: z.array(AreaReference),
  children: z.array(AreaReference),
  population: z.object({
    households: Count,
    residents: Count,
    elderlyLivingAlone: Count,
    byAge: z.array(z.object({ band: AgeBand, male: Count, female: Count, unknown: Count })),
  }),
  buildings: z.object({ count: Count, byUse: z.array(z.object({ use: BuildingUse, count: Count })) }),
  facilities: z.array(z.object({ kind: z.string(), count: Count })),
  staff: z.array(z.object({ role: z.string(), name: z.string(), workPhone: z.string(), areaCode: AreaCode })),
})
export type AreaProfile = z.infer<typeof AreaProfile>

/** `GET /api/search?q=`: places, grids, buildings, facilities and case numbers that a person may mean. */
export const SearchHit = z.object({
  kind: z.enum(['area', 'building', 'facility', 'incident', 'road']),
  id: z.string(),
  name: z.string(),
  detail: z.string(),
  areaCode: AreaCode.nullable(),
  bbox: BoundingBox,
})
export type SearchHit = z.infer<typeof SearchHit>

/** `GET /api/status`: what the database holds and how old it is. */
export const DataStatus = z.object({
  version: z.string(),
  now: Instant,
  /** Latest write of any kind. */
  asOf: Instant.nullable(),
  streets: z.array(
    z.object({
      code: AreaCode,
      name: z.string(),
      demo: z.boolean(),
      bbox: BoundingBox,
      incidents: Count,
      from: Instant.nullable(),
      to: Instant.nullable(),
    }),
  ),
})
export type DataStatus = z.infer<typeof DataStatus>
