import { homeOffset } from '@minqing/data/domain/local-time'
import { createParser } from 'nuqs'

/** The instant of a minute of local time in China, `YYYY-MM-DDTHH:mm` as an input has it; null where it is none. */
export function instantOf(minute: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(minute)) return null
  const time = Date.parse(`${minute}:00Z`)
  return Number.isNaN(time) ? null : new Date(time - homeOffset).toISOString()
}

/** Such a minute in the address. */
export const minuteParser = createParser<string>({
  parse: (text) => (instantOf(text) === null ? null : text),
  serialize: (minute) => minute,
})
