import type { LocalTime } from '../../domain/local-time.ts'
import { isDateOnly, readInstant } from './read-instant.ts'

/** From when to when something lasted or may have happened, as ISO instants. */
export type Interval = { from: string; until: string }

const separator = /\s*(?:至|到|~|～|—+|–|－+|--+)\s*|\s+-\s+|(?<=\d{1,2}:\d{2})-(?=\d{1,2}:\d{2})/
const timeOnly = /^\d{1,2}\s*(?:[:：]\s*\d{1,2}|[时点])/
const monthAndDay = /^\d{1,2}月\d{1,2}[日号]/
const dayOnly = /^\d{1,2}[日号]/
const beginning = /^(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*)(\d{1,2}\s*[日号]?)/

/** No interval takes more characters. */
const longest = 100

/**
 * Reads two times in one text: `2024-05-01 08:00至2024-05-02 10:00`, `2024年5月1日8时至10时`, `2024-05-01 08:00-09:30`,
 * `2024年5月1日至3日`. What the second leaves out it has from the first. Null where it is none, or ends before it begins.
 */
export function readInterval(text: string, local: LocalTime): Interval | null {
  if (text.length > longest) return null
  const [first = '', second = '', ...others] = text.trim().split(separator)
  if (second === '' || others.length > 0) return null
  // A day and a time of it are one time.
  if (timeOnly.test(second) && isDateOnly(first)) return null
  const from = readInstant(first, local)
  const until = readInstant(completed(first, second), local)
  if (!('instant' in from) || !('instant' in until) || until.instant < from.instant) return null
  return { from: from.instant, until: until.instant }
}

function completed(first: string, second: string): string {
  const [, month = '', day = ''] = beginning.exec(first) ?? []
  if (timeOnly.test(second)) return `${month}${day} ${second}`
  if (dayOnly.test(second)) return `${month}${second}`
  return monthAndDay.test(second) ? `${month.slice(0, 4)}年${second}` : second
}
