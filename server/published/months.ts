import { homeOffset } from '@minqing/data/domain/local-time'

/** `YYYY-MM` of an instant, local time. */
export function localMonthOf(instant: Date): string {
  return new Date(instant.getTime() + homeOffset).toISOString().slice(0, 7)
}

/** The instant at which a local month begins. */
export function monthBegin(month: string): Date {
  return new Date(Date.parse(`${month}-01T00:00:00Z`) - homeOffset)
}
