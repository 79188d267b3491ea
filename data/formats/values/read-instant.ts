import type { Label } from '../../domain/label.ts'
import type { LocalTime } from '../../domain/local-time.ts'
import { dayCountText, isDayCount } from '../spreadsheet/number-format.ts'

export type InstantReading = { instant: string } | { fault: Label }

const iso =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:[T\s]\s*)(上午|下午|早上|晚上|中午|凌晨)?\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?\s*(AM|PM)?\s*(Z|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|UTC|GMT)?)?$/i
const compact = /^(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2})(\d{2})(\d{2})?)?$/

/**
 * Reads a date or a date and time as people and programs write it; without an offset it is local time.
 *
 * A number is taken for a spreadsheet's day count where it can be nothing else. Epochs and day-first or month-first dates are refused: each
 * has several readings, and a wrong one looks right.
 */
export function readInstant(text: string, local: LocalTime): InstantReading {
  const trimmed = plain(text)
  if (trimmed.length > longest) return { fault: explain(`${trimmed.slice(0, 40).toWellFormed()}…`) }
  const match = iso.exec(trimmed)
  if (match !== null) {
    const [, year, , month, date, half, hour, minute, second, fraction, noon, offset] = match
    if (isRange(trimmed)) return { fault: explain(text.trim()) }
    if (isUnclear(half, Number(hour))) return { fault: unclear(text.trim()) }
    const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)
    const fields = [year, month, date, afternoon(hour, half ?? noon), minute, second]
    return build(fields, milliseconds, offset, local, text.trim())
  }
  const digits = compact.exec(trimmed)
  if (digits !== null) return build(digits.slice(1), 0, undefined, local, text.trim())
  if (dayCount.test(trimmed) && isDayCount(Number(trimmed)))
    return readInstant(dayCountText(Number(trimmed), 'datetime', false) ?? '', local)
  return { fault: explain(text.trim()) }
}

/** 08:00-09:30 is from one time to another, and no offset, which programs write behind seconds or a T. */
const isRange = (text: string) => /[^T\d:]\d{1,2}:\d{1,2}-\d{2}:\d{2}$/.test(text)

/** A spreadsheet's day count, as it comes out of a cell that lost its date format: no other number looks like it. */
const dayCount = /^\d{4,5}(?:\.\d+)?$/

/** No time takes more characters. */
const longest = 100

/** In half-width characters, without the day of the week, `2024年5月1日 8时5分` as `2024-5-1 8:5`. */
function plain(text: string): string {
  const trimmed = text.trim()
  // Nearly every time of a million rows is plain already.
  if (trimmed.length > longest || /^[\u0020-\u007e]*$/.test(trimmed)) return trimmed
  return trimmed
    .normalize('NFKC')
    .replace(/^(\d{4})\s*[‐-―−]\s*(\d{1,2})\s*[‐-―−]\s*(\d{1,2})(?!\d)/, '$1-$2-$3')
    .replace(chineseDate, (_, ...parts: string[]) => parts.slice(0, 3).map(arabic).join('-').concat(' '))
    .replace(/\s*[([]?(?:星期|周|礼拜)[一二三四五六日天][)\]]?\s*/, ' ')
    .replace(/^(\d{4})年(\d{1,2})月(\d{1,2})(?:[日号]|(?=\s|$))/, '$1-$2-$3 ')
    .replace(/\s*(?=上午|下午|早上|晚上|中午|凌晨)/, ' ')
    .replace(/(\d{1,2})[时点](?:(半)|(\d{1,2})分?(?:(\d{1,2})秒?)?)?(?:许|左右)?$/, clock)
    .trim()
}

const chineseDate =
  /^([〇○零Oo0一二三四五六七八九]{4})年(十?[一二]|[三四五六七八九十])月((?:[一二三]?十|廿|卅)?[一二三四五六七八九]|[一二三]?十|廿|卅)[日号]/

/** 二〇二四, 十二, 二十一 and 廿一 as 2024, 12, 21 and 21. */
function arabic(numeral: string): string {
  const digit = (character: string) => Math.max(0, '〇一二三四五六七八九'.indexOf(character))
  const [tens, ones = ''] = numeral.replace('廿', '二十').replace('卅', '三十').split('十')
  if (!/[十廿卅]/.test(numeral)) return Array.from(numeral, digit).join('')
  return String((tens === '' ? 1 : digit(tens ?? '')) * 10 + (ones === '' ? 0 : digit(ones)))
}

function clock(_: string, hour: string, half?: string, minute = '00', second = '00'): string {
  return `${hour}:${half === undefined ? minute : '30'}:${second}`
}

const timeOfDay = /^(?:(?:上午|下午|早上|晚上|中午|凌晨)\s*)?\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?(?:\s*[AP]M)?$/i
const dateOnly = /^\d{4}([-/.])\d{1,2}\1\d{1,2}(?:[T\s]00:00(?::00)?)?$|^\d{8}$/

/** A date alone and a time of day alone as one text, where these are such; null where they are not. */
export function joinDateAndTime(one: string, other: string): string | null {
  const [first, second] = [one, other].map(plain)
  for (const [date = '', time = ''] of [
    [first, second],
    [second, first],
  ]) {
    if (!dateOnly.test(date)) continue
    const day = /^\d{8}$/.test(date)
      ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
      : date.split(/[T\s]/)[0]
    if (timeOfDay.test(time)) return `${day} ${time}`
    // A spreadsheet's time is a fraction of the day.
    if (/^0?\.\d+$/.test(time)) return `${day} ${dayCountText(Number(time), 'time', false)}`
  }
  return null
}

/** Whether a text says a day and no time of it. */
export function isDateOnly(text: string): boolean {
  return dateOnly.test(plain(text))
}

/** What databases and spreadsheets write where there is no date: their first day. */
const noDate =
  /^(?:0000-00-00|0001[-/]0?1[-/]0?1|1900[-/]0?1[-/]0?[01]|1899[-/]12[-/]3[01])(?:[T\s]+0{1,2}:00(?::00(?:\.0+)?)?)?$/

export function isNoDate(text: string): boolean {
  return noDate.test(text)
}

type Fields = readonly (string | undefined)[]

function build(
  fields: Fields,
  milliseconds: number,
  offset: string | undefined,
  local: LocalTime,
  text: string,
): InstantReading {
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
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** Midnight or noon, this night or the next: said of the day before or after by one, and not by another. */
function isUnclear(half: string | undefined, hour: number): boolean {
  if (half === '晚上') return hour === 12 || hour < 5
  return (half === '上午' || half === '早上') && hour === 12
}

function unclear(text: string): Label {
  return {
    zh: `“${text}”有两种理解（中午还是半夜、当天还是次日）。请改为 24 小时制，例如 2024-05-01 00:30`,
    en: `“${text}” can be noon or midnight, this day or the next. Write it in 24 hours, e.g. 2024-05-01 00:30`,
  }
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
