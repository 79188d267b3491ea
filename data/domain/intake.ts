import { z } from 'zod'
import { BuildingCode, CommunityCode, GridCode, StreetCode } from './area-code.ts'
import { Channel } from './channel.ts'
import { Datum } from './datum.ts'
import { IncidentStatus } from './incident-status.ts'
import { Procedure } from './incident-workflow/step-actions.ts'
import { IncidentType } from './incident-type.ts'
import { Instant } from './instant.ts'
import { Position } from './position.ts'
import { Urgency } from './risk.ts'

/** Who reports: a person or a body, and how they can be reached. */
export const Reporter = z.strictObject({
  name: z.string().trim().min(1).max(50),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+ -]{0,30}$/)
    .default(''),
})
export type Reporter = z.output<typeof Reporter>

/** What is entered of a new incident; what the system knows is not asked for. */
export const IncidentReport = z.strictObject({
  /** Left out by who works in a single one. */
  street: StreetCode.optional(),
  channel: Channel.default('walk_in'),
  text: z.string().trim().min(2).max(4000),
  /** Without one, the beginning of the text. */
  title: z.string().trim().min(1).max(200).optional(),
  /** Without one, what the text suggests. */
  type: IncidentType.optional(),
  urgency: Urgency.default('1'),
  involvedCount: z.int().min(0).max(1_000_000).optional(),
  address: z.string().trim().max(200).default(''),
  buildingCode: BuildingCode.optional(),
  /** Longitude and latitude in degrees (CGCS2000). */
  position: Position.optional(),
  happenedAt: Instant.optional(),
  reporter: Reporter.optional(),
  /** Whether the reporter agrees to mediation; null where nobody has asked. */
  isWilling: z.boolean().nullable().default(null),
  /** Accepts it at once, as who receives visitors does. */
  accept: z.boolean().default(false),
})
export type IncidentReport = z.output<typeof IncidentReport>

/** A new incident as it was registered. */
export const Registered = z.object({
  street: StreetCode,
  number: z.string(),
  /** What the reporter asks with (`ReceiptCode`); nobody else is given it again. */
  receipt: z.string(),
  status: IncidentStatus,
  /** Of the last step, and its position in the log of the street. */
  sequence: z.int(),
  position: z.int(),
  title: z.string(),
  type: IncidentType,
  communityCode: CommunityCode.nullable(),
  gridCode: GridCode.nullable(),
  reportedAt: Instant,
  /** Whether it was there already: the same key had been sent before. */
  isRepeated: z.boolean(),
})
export type Registered = z.output<typeof Registered>

/** 26 letters and digits of Crockford's base 32, 130 bits, in groups; hyphens and case do not matter. */
export const ReceiptCode = z
  .string()
  .max(60)
  .transform((typed) => typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''))
  .refine((code) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(code))

const Named = z.object({ zh: z.string(), en: z.string() })

/** What a reporter may know: procedure, units, steps and the next time limit; no name and no text. */
export const ReceiptProgress = z.object({
  number: z.string(),
  /** Of the case that this one was merged into, whose progress is shown then. */
  mergedInto: z.string().nullable(),
  type: Named,
  status: Named,
  reportedAt: Instant,
  unit: z.string(),
  procedure: Procedure.nullable(),
  steps: z.array(z.object({ label: Named, at: Instant, unit: z.string() })),
  next: z.object({ label: Named, dueAt: Instant }).nullable(),
  closedAt: Instant.nullable(),
  mayRate: z.boolean(),
  rating: z.string().nullable(),
})
export type ReceiptProgress = z.output<typeof ReceiptProgress>

/** The beginning of a report as its title: its first sentence, at most so many characters. */
export function titleOf(text: string, most = 40): string {
  const [first = ''] = text.trim().split(/[。！？!?;；\n]/, 1)
  const characters = Array.from(first.trim() === '' ? text.trim() : first.trim())
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`
}

/** Where the members of a report stand in what another system sends: names of fields, `a.b` for one within another. */
const FieldPath = z.string().trim().min(1).max(100)

/** What the messages of a channel mean. */
export const ChannelMapping = z.strictObject({
  fields: z.strictObject({
    text: FieldPath,
    title: FieldPath.optional(),
    address: FieldPath.optional(),
    type: FieldPath.optional(),
    happenedAt: FieldPath.optional(),
    involvedCount: FieldPath.optional(),
    reporterName: FieldPath.optional(),
    reporterPhone: FieldPath.optional(),
    /** The number that the other system has given it. A message of the same number is the same message. */
    externalNumber: FieldPath.optional(),
    longitude: FieldPath.optional(),
    latitude: FieldPath.optional(),
  }),
  /** Words for types that are not the usual ones. */
  types: z.record(z.string().min(1).max(100), IncidentType).default({}),
  /** Of the coordinates. */
  datum: Datum.default('wgs84'),
})
export type ChannelMapping = z.output<typeof ChannelMapping>

/** Of a channel without one of its own: the members of a report by their own names. */
export const plainMapping: ChannelMapping = {
  fields: {
    text: 'text',
    title: 'title',
    address: 'address',
    type: 'type',
    happenedAt: 'happenedAt',
    involvedCount: 'involvedCount',
    reporterName: 'reporter.name',
    reporterPhone: 'reporter.phone',
    externalNumber: 'externalNumber',
    longitude: 'position.lon',
    latitude: 'position.lat',
  },
  types: {},
  datum: 'wgs84',
}
