/** What a number format makes of a number: a date, a time of day, both, digits with leading zeros, or just a number. */
export type NumberKind = 'number' | 'date' | 'time' | 'datetime' | { digits: number }

/**
 * Kind of a built-in format (ECMA-376 part 1, §18.8.30; 27–36 and 50–58 as Chinese Excel has them), or null where the
 * workbook must define it.
 */
export function builtInKind(id: number): NumberKind | null {
  if ((id >= 14 && id <= 17) || [27, 28, 29, 30, 31, 36].includes(id)) return 'date'
  if (id === 22) return 'datetime'
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 55 || id === 56) return 'time'
  if (id >= 50 && id <= 58) return 'date'
  return id < 164 ? 'number' : null
}

/** Kind of a format by its code, e.g. `yyyy"年"m"月"d"日" h:mm`, `[$-804]aaaa`, `000000`. */
export function kindOfFormat(code: string): NumberKind {
  const first = code
    // Text in quotes or after a backslash, colours, locales and conditions, filling and spacing; elapsed hours stay.
    .replaceAll(/"[^"]*"|\\.|[_*]./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]
  const plain = (first ?? '').toLowerCase()
  if (/^0{2,}$/.test(plain)) return { digits: plain.length }
  if (plain.includes('general') || /\[[hms]+\]/.test(plain)) return 'number'
  // An “e” beside digits is an exponent, alone the year of an era.
  const hasDate =
    /[yd]|a{3,}/.test(plain) || (/m/.test(plain) && !/[hs]/.test(plain)) || (/e/.test(plain) && !/[0#]/.test(plain))
  const hasTime = /[hs]/.test(plain)
  if (hasDate) return hasTime ? 'datetime' : 'date'
  return hasTime ? 'time' : 'number'
}

/** Day counts that a date of the last hundred years or the next can have; others in a column of times are no dates. */
const plausible = { from: 9_133, to: 73_050 }

/** Whether a bare number in a column of times is a day count: from 1925 to 2099. */
export function isDayCount(value: number): boolean {
  return value >= plausible.from && value <= plausible.to
}

/**
 * A spreadsheet's day count as `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm:ss`, local time; a count below 1 as `HH:mm:ss`. Null
 * where it is no date.
 *
 * @param since1904 the workbook counts from 1904-01-01; otherwise from 1900-01-01, with the 29 February 1900 that
 * never was (ECMA-376 part 1, §18.17.4.1)
 */
export function dayCountText(count: number, kind: 'date' | 'time' | 'datetime', since1904: boolean): string | null {
  if (!Number.isFinite(count) || count < 0 || count > 2_958_466) return null
  // A minute is 0.000694…: what is stored of it is off by parts of a second.
  const seconds = Math.round(count * 86_400)
  const time = new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19)
  if (seconds < 86_400 && kind === 'time') return time
  const epoch = since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, count < 60 ? 31 : 30)
  const date = new Date(epoch + Math.floor(seconds / 86_400) * 86_400_000).toISOString().slice(0, 10)
  return kind === 'date' && seconds % 86_400 === 0 ? date : `${date}T${time}`
}

/**
 * A cell's number as its format shows it: dates and times as ISO text, codes with their leading zeros.
 *
 * @param text the number as the file has it
 */
export function numberCell(
  value: number,
  kind: NumberKind,
  since1904: boolean,
  text = String(value),
): string | number | null {
  if (kind === 'number') return exact(value, text)
  if (typeof kind === 'object')
    return Number.isInteger(value) && value >= 0 && value < 1e15
      ? String(value).padStart(kind.digits, '0')
      : exact(value, text)
  // Nought is what a formula gives of an empty cell: a spreadsheet shows it as 1900/1/0, which was never.
  if (value === 0 && kind !== 'time') return null
  return dayCountText(value, kind, since1904) ?? value
}

/**
 * A number as the file has it. A spreadsheet keeps fifteen digits: of a longer whole number the others are lost, which
 * its exponent then shows, unless a program wrote them all.
 */
export function exact(value: number, text: string): number | string {
  if (!Number.isInteger(value) || Math.abs(value) < 1e15 || Math.abs(value) >= 1e21) return value
  return /^-?\d{16,}$/.test(text) && !/^-?\d{15}0+$/.test(text) ? text : value.toExponential(14)
}
