import { homeTimeZone } from '../../domain/instant.ts'

/** `YYYY-MM-DD HH:mm:ss` in local time, which spreadsheets take for a time. */
export function localTimeText(instant: string): string {
  return localFormat.format(new Date(instant)).replace(',', '')
}

const localFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: homeTimeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
})
