import { z } from 'zod'
import { AreaPrefix } from './area-code.ts'
import { Channel } from './channel.ts'
import { FigureValue } from './figures.ts'
import { IncidentStatus } from './incident-status.ts'
import { IncidentType } from './incident-type.ts'
import { Instant } from './instant.ts'

const Day = z.iso.date()
const Period = z.object({
  from: Day,
  to: Day,
  /** What was recorded later does not count: equally long after the end of each. */
  asOf: Instant,
})

/** `GET /api/figures`: each figure in the period, in the one before and in the same one a year ago. Days include both ends. */
export const Figures = z.object({
  area: AreaPrefix.nullable(),
  /** As far as they have come: of a period that runs, the others are compared up to the same day. */
  periods: z.object({ current: Period, previous: Period, lastYear: Period }),
  current: z.array(FigureValue),
  previous: z.array(FigureValue),
  lastYear: z.array(FigureValue),
  groups: z.array(
    z.object({
      key: z.string(),
      /** Of an area; null where the key is a code of its own or says what it is. */
      name: z.string().nullable(),
      figures: z.array(FigureValue),
    }),
  ),
})
export type Figures = z.infer<typeof Figures>

/** A case behind a figure, as it was known. */
export const FigureCase = z.object({
  streetCode: z.string(),
  number: z.string(),
  type: IncidentType,
  channel: Channel,
  status: IncidentStatus,
  areaCode: z.string(),
  areaName: z.string().nullable(),
  unit: z.string().nullable(),
  reportedAt: Instant,
  dueAt: Instant.nullable(),
  closedAt: Instant.nullable(),
})
export type FigureCase = z.infer<typeof FigureCase>

export const FigureCases = z.object({
  /** Newest number first. */
  cases: z.array(FigureCase),
  /** `after` of the page that follows. */
  next: z.string().nullable(),
})
export type FigureCases = z.infer<typeof FigureCases>
