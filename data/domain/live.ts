import { z } from 'zod'
import { AreaCode, StreetCode } from './area-code.ts'
import { CollectionName } from './data-status.ts'
import { IncidentStatus } from './incident-status.ts'
import { taskNodes } from './incident-workflow/next-task.ts'
import { StepAction } from './incident-workflow/step-actions.ts'
import { IncidentType } from './incident-type.ts'
import { Instant } from './instant.ts'
import { PositionSource } from './position-source.ts'
import { Risk } from './risk.ts'

const Position = z.int().min(0)

/** `step`: one row of a street's log, with the incident as it is now. No text, no reasons, no people. */
export const LiveStep = z.object({
  street: StreetCode,
  /** In the street's log, without gaps. */
  position: Position,
  number: z.string(),
  sequence: z.int().min(1),
  action: StepAction,
  status: IncidentStatus,
  type: IncidentType,
  channel: z.string(),
  risk: Risk,
  /** Code of its grid, or of the least area that is known. */
  area: AreaCode,
  /** In degrees, and how it is known; null without one. */
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  positionSource: PositionSource.nullable(),
  at: Instant,
  reportedAt: Instant,
  dueAt: Instant.nullable(),
})
export type LiveStep = z.infer<typeof LiveStep>

/** `reset`: steps up to the position are left out; what was read of the street is to be read again. */
export const LiveReset = z.object({ street: StreetCode, position: Position })
export type LiveReset = z.infer<typeof LiveReset>

/** `changed`: a collection was written to other than by steps. */
export const LiveChange = z.object({
  collection: CollectionName,
  version: z.int().min(0),
  /** Of its versions, how many were raised by something else than steps. */
  rewrites: z.int().min(0),
})
export type LiveChange = z.infer<typeof LiveChange>

/** `due`: a time has passed at which a case is nearly due (2), or overdue (3). It is in no log: who comes later reads it. */
export const LiveDue = z.object({
  street: StreetCode,
  number: z.string(),
  area: AreaCode,
  node: z.enum(taskNodes),
  state: z.enum(['2', '3']),
  at: Instant,
})
export type LiveDue = z.infer<typeof LiveDue>

/** `begin`: from where the stream goes on in each street, and the versions at that time. */
export const LiveBegin = z.object({ positions: z.record(StreetCode, Position), collections: z.array(LiveChange) })
export type LiveBegin = z.infer<typeof LiveBegin>
