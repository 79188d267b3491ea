import { z } from 'zod'
import { BuildingCode, CommunityCode, GridCode, StreetCode } from './area-code.ts'
import { Channel } from './channel.ts'
import { SourceCrs } from './datum.ts'
import { Instant } from './instant.ts'
import { mapPlainFields, type PlainFieldName, type PlainValues } from './incident-fields.ts'
import { IncidentStatus } from './incident-status.ts'
import { IncidentType } from './incident-type.ts'
import { Position } from './position.ts'
import { PositionQuality } from './position-source.ts'
import { Risk, Urgency } from './risk.ts'

const plainShape = mapPlainFields(({ kind }) =>
  kind === 'integer' ? z.int().min(0) : z.string().max(200),
) as unknown as {
  [Name in PlainFieldName]: z.ZodType<PlainValues[Name]>
}

/** One dispute, request or alarm: 矛盾纠纷 and every other event of the loop. */
export const Incident = z.object({
  /** Unique in its street; `YYYYMMDD-NNNN` for those made here, the source's own number for imported ones. */
  number: z.string().min(1).max(64),
  streetCode: StreetCode,
  communityCode: CommunityCode.nullable(),
  gridCode: GridCode.nullable(),
  buildingCode: BuildingCode.nullable(),
  type: IncidentType,
  /** The source's own word for the type, where it was not one of ours. */
  sourceType: z.string().nullable(),
  channel: Channel,
  urgency: Urgency,
  risk: Risk,
  status: IncidentStatus,
  title: z.string().min(1).max(200),
  text: z.string().max(4000),
  address: z.string().max(200),
  ...plainShape,
  position: Position.nullable(),
  ...PositionQuality,
  sourceCrs: SourceCrs,
  /** Coordinates as the source had them, in `sourceCrs` (degrees, or metres for a projected one). */
  sourcePosition: z.tuple([z.number(), z.number()]).nullable(),
  happenedAt: Instant,
  /** The end, where it is known between which times it happened: `happenedAt` is the beginning. */
  happenedUntil: Instant.nullable(),
  reportedAt: Instant,
  dueAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  /** Where the record came from: `demo`, or `import:<file name>`. */
  source: z.string(),
})
export type Incident = z.infer<typeof Incident>

/** One append-only step of an incident; `position` is gap-free within a street and orders all of its steps. */
export const IncidentStep = z.object({
  streetCode: StreetCode,
  number: z.string(),
  sequence: z.int().min(1),
  position: z.int().min(1),
  fromStatus: IncidentStatus.nullable(),
  toStatus: IncidentStatus,
  unit: z.string(),
  opinion: z.string(),
  at: Instant,
})
export type IncidentStep = z.infer<typeof IncidentStep>
