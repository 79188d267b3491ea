import { z } from 'zod'

const Count = z.int().min(0)

/** Incidents of a kind, most frequent first. */
const Tally = z.array(z.object({ code: z.string(), count: Count }))

/** What is known of a hot spot, or of a unit outside of them. */
export const AnalysisPassport = z.object({
  /** Codes of its units. */
  units: z.array(z.string()),
  incidents: Count,
  expected: z.number(),
  /** The highest z among its units, and the smallest q. */
  z: z.number().nullable(),
  q: z.number().nullable(),
  /** Incidents of the period by origin, whichever were counted. */
  reported: Count,
  discovered: Count,
  types: Tally,
  channels: Tally,
  statuses: Tally,
  /** Reports by hour of the day in Asia/Shanghai, 24 of them. */
  hours: z.array(Count),
  /** The buildings with most incidents, at most eight; `name` empty where it is not known. */
  buildings: z.array(z.object({ code: z.string(), name: z.string(), count: Count })),
  /** Local days on which the first and the last week with an incident begin (Monday). */
  firstWeek: z.string().nullable(),
  lastWeek: z.string().nullable(),
  /** Closed, and the median number of days from report to closing. */
  closed: Count,
  medianDays: z.number().nullable(),
  /** Before and after half of the closed incidents were closed; null where too few were, or no time is left on a side. */
  change: z
    .object({
      day: z.string(),
      /** Whole days on each side. */
      days: z.int(),
      before: Count,
      after: Count,
      elsewhereBefore: Count,
      elsewhereAfter: Count,
      /** (after ÷ before) ÷ (elsewhere after ÷ elsewhere before), with its limits at 95 %; null for what is infinite. */
      ratio: z.number().nullable(),
      lower: z.number().nullable(),
      upper: z.number().nullable(),
    })
    .nullable(),
})
export type AnalysisPassport = z.output<typeof AnalysisPassport>

/** How a hot spot came about (`data/stats/hot-spot-identity.ts`). */
export const transitions = ['new', 'continued', 'returned', 'merged', 'split'] as const
export const Transition = z.enum(transitions)
export type Transition = z.output<typeof Transition>

/** Periods of the same length that the history of hot spots looks back on, each a week before the next. */
export const historyPeriods = 12

/**
 * Since when hot spots are there: the same question is asked of periods that end one, two, … weeks earlier, and hot spots
 * that share enough units are the same one.
 */
export const AnalysisHistory = z.object({
  /** Local days with which the periods end, the earliest first; the last is that of the result. None where there is no history. */
  ends: z.array(z.string()),
  spots: z.array(
    z.object({
      spot: z.int(),
      transition: Transition,
      /** In how many periods in a row it has been there up to the last, 1 where it is new. */
      periods: z.int().min(1),
      /** The day with which the first period ends in which it was there. */
      since: z.string(),
    }),
  ),
})
export type AnalysisHistory = z.output<typeof AnalysisHistory>
