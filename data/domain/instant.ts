import { z } from 'zod'

/** A point in time as ISO 8601 with offset: the only form in which time crosses a border. */
export const Instant = z.iso.datetime({ offset: true })
export type Instant = z.infer<typeof Instant>

/** The wall-clock zone of every screen and of local times without an offset in Chinese files. */
export const homeTimeZone = 'Asia/Shanghai'

const dayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: homeTimeZone, dateStyle: 'short' })

/** The local day of an instant, `YYYY-MM-DD`. */
export function homeDay(instant: Date): string {
  return dayFormat.format(instant)
}
