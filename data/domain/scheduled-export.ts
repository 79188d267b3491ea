import { z } from 'zod'
import { ExportDatum } from './datum.ts'
import { Circulation, ExportCollection, ExportFormat } from './export.ts'
import { IncidentFilter } from './incident-filter.ts'
import { Instant } from './instant.ts'
import { languages } from './label.ts'
import { dayLength, homeOffset } from './local-time.ts'

export const exportIntervals = ['day', 'week', 'month'] as const
export const ExportInterval = z.enum(exportIntervals)
export type ExportInterval = z.infer<typeof ExportInterval>

/** An export that the server writes into a folder by itself. */
export const ScheduledExport = z.object({
  /** Names it, and begins the names of its files. */
  id: z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'letters, digits, “-” and “_”, at most 40'),
  collection: ExportCollection,
  format: ExportFormat,
  parameters: z.object({
    filter: IncidentFilter,
    datum: ExportDatum,
    circulation: Circulation,
    level: z.enum(['community', 'grid']),
    language: z.enum(languages),
    /** Instead of the filter's period, the last day, week or month that has ended. */
    lastOnly: z.boolean(),
  }),
  folder: z.string(),
  every: ExportInterval,
  /** Local time of day, `HH:MM`. */
  atTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** How many of its newest files stay. */
  files: z.int().min(1),
  madeBy: z.string(),
  nextAt: Instant,
  lastAt: Instant.nullable(),
  lastResult: z.enum(['done', 'failed']).nullable(),
  lastProblem: z.string().nullable(),
  lastRows: z.number().nullable(),
  lastFile: z.string().nullable(),
})
export type ScheduledExport = z.infer<typeof ScheduledExport>

/** The beginning of the local day, week (from Monday) or month that holds an instant. */
export function intervalBegin(every: ExportInterval, instant: Date): Date {
  const day = Math.floor((instant.getTime() + homeOffset) / dayLength)
  const local = new Date(day * dayLength)
  const first = {
    day: local.getTime(),
    // 1970-01-01 was a Thursday.
    week: (day - ((day + 3) % 7)) * dayLength,
    month: Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 1),
  }[every]
  return new Date(first - homeOffset)
}

/** When an export is due next: at its time on the first day of an interval. */
export function nextRun({ every, atTime }: Pick<ScheduledExport, 'every' | 'atTime'>, after: Date): Date {
  const [hours = 0, minutes = 0] = atTime.split(':').map(Number)
  const timeOfDay = (hours * 60 + minutes) * 60_000
  let begin = intervalBegin(every, after)
  while (begin.getTime() + timeOfDay <= after.getTime())
    // 40 days on is in the next month, and never in the one after it.
    begin = intervalBegin(every, new Date(begin.getTime() + { day: 1, week: 7, month: 40 }[every] * dayLength))
  return new Date(begin.getTime() + timeOfDay)
}

/** The last whole interval before an instant: [from, to). */
export function lastInterval(every: ExportInterval, instant: Date): { from: string; to: string } {
  const end = intervalBegin(every, instant)
  return { from: intervalBegin(every, new Date(end.getTime() - 1)).toISOString(), to: end.toISOString() }
}
