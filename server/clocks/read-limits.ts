import {
  ClockSettings,
  defaultClockSettings,
  timeLimitsOf,
} from '@minqing/data/domain/incident-workflow/clock-settings'
import type { TimeLimits } from '@minqing/data/domain/incident-workflow/clocks'
import type { Transaction } from '../store/connect.ts'

const defaultLimits = timeLimitsOf(defaultClockSettings)

/** Those last read of each street, by the identifier of their row, which no other contents ever have. */
const read = new Map<string, { id: string; limits: TimeLimits }>()
/** Streets whose limits stay in memory. */
const mostStreets = 1000

/**
 * The time limits and the calendar of a street, as they hold in the transaction; those of an instant where one is given.
 * One small read each time, so that they are right in every process; what is large in it comes only when it has changed.
 */
export async function readTimeLimits(transaction: Transaction, street: string, asOf?: Date): Promise<TimeLimits> {
  const known = read.get(street)
  const [row] = await transaction<{ id: string; settings: unknown }[]>`
    select id, case when id = ${known?.id ?? null}::uuid then null else settings end as settings from clock_settings
    where street_code = ${street} ${asOf === undefined ? transaction`` : transaction`and set_at <= ${asOf}`}
    order by version desc limit 1`
  if (row === undefined) return defaultLimits
  if (known?.id === row.id) return known.limits
  const limits = timeLimitsOf(ClockSettings.parse(row.settings))
  if (asOf === undefined) {
    if (read.size >= mostStreets) read.clear()
    read.set(street, { id: row.id, limits })
  }
  return limits
}
