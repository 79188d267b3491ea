import { homeTimeZone } from '@minqing/data/domain/instant'

const day = 86_400_000

/** The times that a wall's figures are counted between, as ISO strings. */
export type WallWindow = {
  now: string
  /** Midnight at home. */
  today: string
  /** 30 and 60 days before now. */
  recent: string
  previous: string
  /** Beginning of the first of the 24 clock hours that end with the running one. */
  firstHour: string
}

export function wallWindow(now: Date): WallWindow {
  const time = now.getTime()
  const iso = (time: number) => new Date(time).toISOString()
  // The offset of the home time zone is a number of hours, so clock hours begin at the same time everywhere.
  const hour = 3_600_000
  return {
    now: iso(time),
    today: iso(homeMidnight(now)),
    recent: iso(time - 30 * day),
    previous: iso(time - 60 * day),
    firstHour: iso(Math.floor(time / hour) * hour - 23 * hour),
  }
}

/** Home has had no daylight saving since 1991: its offset at noon is that of midnight. */
function homeMidnight(now: Date): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: homeTimeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
    .formatToParts(now)
    .map(({ type, value }) => [type, Number(value)] as const)
  const { hour = 0, minute = 0, second = 0 } = Object.fromEntries(parts) as Record<string, number>
  return now.getTime() - ((hour * 60 + minute) * 60 + second) * 1000 - now.getMilliseconds()
}
