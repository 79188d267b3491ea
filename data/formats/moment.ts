import type { Label } from '../domain/label.ts'
import type { LocalTime } from './local-time.ts'
import { dayCountText, isDayCount } from './xlsx-dates.ts'

export type Moment = { instant: string } | { fault: Label }

const iso =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:[T\s]\s*)(上午|下午|早上|晚上|中午|凌晨)?\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?\s*(AM|PM)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i
const chinese =
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?\s*(?:(上午|下午|早上|晚上|中午|凌晨)?\s*(\d{1,2})(?:[时点](?:(\d{1,2})分?(?:(\d{1,2})秒?)?|(半))?|:(\d{1,2})(?::(\d{1,2}))?))?$/
const compact = /^(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2})(\d{2})(\d{2})?)?$/

/**
 * Reads a date or a date and time as people and programs write it; without an offset it is local time.
 *
 * A number is taken for a spreadsheet's day count where it can be nothing else. Epochs and day-first or month-first dates are refused: each
 * has several readings, and a wrong one looks right.
 */
export function readMoment(text: string, local: LocalTime): Moment {
  const trimmed = plain(text)
  const match = iso.exec(trimmed)
  if (match !== null) {
    const [, year, , month, date, half, hour, minute, second, fraction, noon, offset] = match
    const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)
    const fields = [year, month, date, afternoon(hour, half ?? noon), minute, second]
    return build(fields, milliseconds, offset, local, trimmed)
  }
  const written = chinese.exec(trimmed)
  if (written !== null) {
    const [, year, month, date, half, hour, minute, second, thirty, clockMinute, clockSecond] = written
    const minutes = thirty === undefined ? (minute ?? clockMinute) : '30'
    const fields = [year, month, date, afternoon(hour, half), minutes, second ?? clockSecond]
    return build(fields, 0, undefined, local, trimmed)
  }
  const digits = compact.exec(trimmed)
  if (digits !== null) return build(digits.slice(1), 0, undefined, local, trimmed)
  if (dayCount.test(trimmed) && isDayCount(Number(trimmed)))
    return readMoment(dayCountText(Number(trimmed), 'datetime', false) ?? '', local)
  return { fault: explain(trimmed) }
}

/** A spreadsheet's day count, as it comes out of a cell that lost its date format: no other number looks like it. */
const dayCount = /^\d{4,5}(?:\.\d+)?$/

/** In half-width characters, without the day of the week. */
function plain(text: string): string {
  const trimmed = text.trim()
  // Nearly every time of a million rows is plain already.
  if (/^[\u0020-\u007e]*$/.test(trimmed)) return trimmed
  return trimmed
    .normalize('NFKC')
    .replace(/\s*[([]?(?:星期|周|礼拜)[一二三四五六日天][)\]]?\s*/, ' ')
    .trim()
}

type Fields = readonly (string | undefined)[]

function build(
  fields: Fields,
  milliseconds: number,
  offset: string | undefined,
  local: LocalTime,
  text: string,
): Moment {
  const year = Number(fields[0])
  const month = Number(fields[1])
  const date = Number(fields[2])
  const hour = Number(fields[3] ?? 0)
  const minute = Number(fields[4] ?? 0)
  const second = Number(fields[5] ?? 0)
  const day = Date.UTC(year, month - 1, date)
  const real =
    year >= 1900 &&
    year <= 2100 &&
    month >= 1 &&
    month <= 12 &&
    date >= 1 &&
    // The 31st of a shorter month would be a day of the next one.
    day < Date.UTC(year, month, 1) &&
    // Midnight at a day's end is 24:00 in many ledgers.
    (hour <= 23 || (hour === 24 && minute === 0 && second === 0)) &&
    minute <= 59 &&
    second <= 59
  if (!real) return { fault: { zh: `没有“${text}”这个时间`, en: `there is no such time as “${text}”` } }
  const wallClock = day + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
  const instant = offset === undefined ? local.toInstant(wallClock) : wallClock - offsetOf(offset)
  return { instant: new Date(instant).toISOString() }
}

function offsetOf(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(3).replace(':', '') || 0)
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

function afternoon(hour: string | undefined, half: string | undefined): string | undefined {
  if (hour === undefined) return hour
  const late =
    half === '下午' || half === '晚上' || half?.toUpperCase() === 'PM' || (half === '中午' && Number(hour) < 3)
  if (late && Number(hour) < 12) return String(Number(hour) + 12)
  const early = half === '凌晨' || half?.toUpperCase() === 'AM'
  if (early && Number(hour) === 12) return '0'
  return hour
}

function explain(text: string): Label {
  if (/^-?\d+(\.\d+)?$/.test(text))
    return {
      zh: `“${text}”只是一个数字：可能是时间戳，也可能是别的编号，含义不唯一。请改为 2024-05-01 13:00 这样的时间`,
      en: `“${text}” is a bare number: an epoch or something else could be meant. Write 2024-05-01 13:00`,
    }
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}/.test(text))
    return {
      zh: `“${text}”分不清日和月的先后。请改为 2024-05-01 这样的日期`,
      en: `in “${text}” day and month could be either way round. Write 2024-05-01`,
    }
  return {
    zh: `看不懂时间“${text}”。请写成 2024-05-01 13:00、2024/5/1 13:00 或 2024年5月1日 13时00分`,
    en: `“${text}” is not a time that can be read. Write 2024-05-01 13:00`,
  }
}
