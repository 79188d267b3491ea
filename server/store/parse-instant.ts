/**
 * A `timestamptz` as PostgreSQL writes it (`2026-11-21 06:05:32.123456+00`) in the form of RFC 3339, in UTC with
 * milliseconds, of which more digits are cut off. Sessions are in UTC (`connect`), so that nearly every text only needs
 * other separators: parsing dates was a third of reading a row.
 *
 * @throws RangeError for what is no moment (`infinity`)
 */
export function parseInstant(text: string): string {
  const usual = text.length >= 22 && text.charCodeAt(10) === space && text.endsWith('+00')
  if (!usual) return new Date(text).toISOString()
  const fraction = text.length === 22 ? '000' : text.slice(20, -3).slice(0, 3).padEnd(3, '0')
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
}

const space = 0x20
