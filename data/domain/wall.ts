import { z } from 'zod'
import { CommunityCode, GridCode, StreetCode } from './area-code.ts'
import { FacilityStatus } from './facility.ts'
import { IncidentStage, IncidentStatus } from './incident-status.ts'
import { IncidentType } from './incident-type.ts'
import { Instant } from './instant.ts'
import { BoundingBox } from './position.ts'
import { AgeBand } from './resident.ts'
import { Risk } from './risk.ts'

const Count = z.int().min(0)

/** A rate as it was counted: 0 of 0 is shown as “—”, never as 100 %. */
export const Share = z.object({ count: Count, of: Count })
export type Share = z.infer<typeof Share>

/** People of a place, in numbers only. */
export const WallPopulation = z.object({
  households: Count,
  residents: Count,
  /** S01 独居老人. */
  elderlyLivingAlone: Count,
  /** In the order of `ageBands`, all of them. */
  byAge: z.array(z.object({ band: AgeBand, count: Count })),
})
export type WallPopulation = z.infer<typeof WallPopulation>

/** What a wall may tell of one case: what, where by grid, when. No title, text, address or name. */
export const WallCase = z.object({
  streetCode: StreetCode,
  number: z.string(),
  type: IncidentType,
  risk: Risk,
  status: IncidentStatus,
  communityCode: CommunityCode.nullable(),
  communityName: z.string().nullable(),
  gridCode: GridCode.nullable(),
  gridName: z.string().nullable(),
  reportedAt: Instant,
  /** Open and past its due time. */
  overdue: z.boolean(),
})
export type WallCase = z.infer<typeof WallCase>

/** One movement in the loop, for the ticker. */
export const WallStep = z.object({
  position: Count,
  at: Instant,
  toStatus: IncidentStatus,
  type: IncidentType,
  risk: Risk,
  communityName: z.string().nullable(),
  gridName: z.string().nullable(),
})
export type WallStep = z.infer<typeof WallStep>

/** A stop of the tour. `recent` and `previous` are the cases reported in the last 30 days and the 30 before. */
export const WallCommunity = z.object({
  code: CommunityCode,
  name: z.string(),
  bbox: BoundingBox,
  grids: Count,
  population: WallPopulation,
  open: Count,
  overdue: Count,
  recent: Count,
  previous: Count,
  /** The three most frequent types of the last 30 days. */
  topTypes: z.array(z.object({ type: IncidentType, count: Count })),
})
export type WallCommunity = z.infer<typeof WallCommunity>

/**
 * `GET /api/wall?area=<street or community code>`: all that a wall shows beside the map, read with the wall's own
 * rights. Without `area`: the street whose newest case is the newest of all. “Recent” is the last 30 days, `[now − 30 d, now)`,
 * “previous” the 30 days before; a day begins at midnight in Asia/Shanghai. Void cases (90) and drafts (00) are not counted.
 */
export const WallPicture = z.object({
  /** The server's clock: ages are told against it, because a wall's own clock may be wrong. */
  now: Instant,
  /** Latest write of any kind; null in an empty database. */
  asOf: Instant.nullable(),
  /** Rises with every write to incidents: the map's columns are fetched anew when it differs. */
  incidentsVersion: Count,
  /** Null in an empty database; then every count is zero. */
  street: z.object({ code: StreetCode, name: z.string(), demo: z.boolean() }).nullable(),
  /** The ground that the picture is about. */
  area: z.object({ code: z.string(), name: z.string(), bbox: BoundingBox }).nullable(),
  ground: z.object({ communities: Count, grids: Count, buildings: Count, gridWorkers: Count }),
  smokeDetectors: z.array(z.object({ status: FacilityStatus, count: Count })),
  population: WallPopulation,
  /** Since midnight. */
  today: z.object({ reported: Count, closed: Count }),
  open: Count,
  overdue: Count,
  /** Open cases by where they are in the loop. */
  openByStage: z.array(z.object({ stage: IncidentStage, count: Count })),
  recent: Count,
  previous: Count,
  /** Cases signed for (40 → any other status) within two hours ÷ cases dispatched (→ 40), in the last 30 days; running clocks are left out. */
  respondedInTime: Share,
  /** Closed on time ÷ due, of the cases whose due time lies in the last 30 days. */
  closedInTime: Share,
  /** Recent cases by type, most frequent first, with those of the 30 days before. */
  byType: z.array(z.object({ type: IncidentType, count: Count, previous: Count })),
  /** Open cases by risk, gravest first. */
  byRisk: z.array(z.object({ risk: Risk, count: Count })),
  /** The 24 clock hours ending with the running one, oldest first; `usual` is the mean of that hour over the 30 days. */
  lastHours: z.array(z.object({ from: Instant, count: Count, usual: z.number().min(0) })).length(24),
  communities: z.array(WallCommunity),
  /** Newest first, at most 20. */
  latest: z.array(WallCase).max(20),
  /** Newest first, at most 20. */
  steps: z.array(WallStep).max(20),
})
export type WallPicture = z.infer<typeof WallPicture>
