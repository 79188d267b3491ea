import type { Position } from 'geojson'

/** An angle, and the axis its letter or word says it is on. */
type Degrees = { degrees: number; axis: 'lon' | 'lat' | null }

/** No angle, and no two of them, take more characters; the patterns below would take long over a text. */
const longest = 200

const marks = String.raw`(?:°|º|˚|度|d|\s|:)\s*`
const angle = new RegExp(
  String.raw`^([NSEW])?\s*([+-]?\d{1,3}(?:\.\d+)?)(?:${marks}(?:(\d{1,2}(?:\.\d+)?)\s*(?:'|分|\s|:|$)\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:"|秒)?)?)?)?\s*([NSEW])?$`,
  'i',
)

/** `114-18-30.5`: three parts; of two, the second could be anything. */
const hyphens = /^([NSEW]?\s*\d{1,3})-(\d{1,2})-(\d{1,2}(?:\.\d+)?)/i

const words: [RegExp, string][] = [
  [/^东经|^经度|^"?(?:lng|lon|longitude)\b|east$/i, 'E'],
  [/^西经|west$/i, 'W'],
  [/^北纬|^纬度|^"?(?:lat|latitude)\b|north$/i, 'N'],
  [/^南纬|south$/i, 'S'],
]

/**
 * Reads degrees as maps, phones and people write them: `114.305`, `30°35′12.5″N`, `E114 18 12.5`, `东经114度18分`; also
 * in full-width characters. Null where it is no angle.
 */
export function readDegrees(text: string): Degrees | null {
  if (text.length > longest) return null
  let plain = plainMarks(text)
  for (const [word, letter] of words)
    if (word.test(plain))
      plain =
        letter +
        plain
          .replace(word, '')
          .replace(/^[:=：\s"]+/, '')
          .trimEnd()
  const match = angle.exec(plain.replace(hyphens, '$1 $2 $3'))
  if (match === null) return null
  const [, before, whole = '', minutes, seconds, after] = match
  const letter = (before ?? after)?.toUpperCase()
  const fractions = [whole, minutes, seconds].filter((part) => part?.includes('.') === true).length
  const last = seconds ?? minutes ?? whole
  // Only the smallest part can have decimals, and a sixtieth cannot be sixty.
  if (fractions > 1 || (fractions === 1 && !last.includes('.'))) return null
  if (Number(minutes ?? 0) >= 60 || Number(seconds ?? 0) >= 60) return null
  if (before !== undefined && after !== undefined) return null
  const size = Math.abs(Number(whole)) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600
  const negative = whole.startsWith('-') !== (letter === 'S' || letter === 'W')
  const axis = letter === undefined ? null : letter === 'E' || letter === 'W' ? 'lon' : 'lat'
  return { degrees: negative ? -size : size, axis }
}

/** With one sign each for degrees, minutes and seconds, of the many that look alike. */
function plainMarks(text: string): string {
  return text
    .replaceAll(/[º˚]/g, '°')
    .replaceAll(/[’‘´`′＇]/g, "'")
    .replaceAll(/[”“〃″＂]/g, '"')
    .normalize('NFKC')
    .replaceAll("''", '"')
    .trim()
}

/**
 * Two angles in one cell, longitude first: `114.305,30.61`, `30°35′N 114°18′E`, `{"lng":114.3,"lat":30.6}`. Null
 * where the order is unknown.
 */
export function readDegreePair(text: string): [number, number] | null {
  if (text.length > longest) return null
  const plain = plainMarks(text).replaceAll(/^[([{]|[)\]}]$/g, '')
  const parts = plain.split(/[,;、|/]/)
  const pair = twoOf(parts.length === 1 ? split(plain) : parts)
  const [first, second] = pair.map(readDegrees)
  if (first === undefined || second === undefined || first === null || second === null) return null
  const pairOf = (lon: Degrees, lat: Degrees): [number, number] | null =>
    Math.abs(lat.degrees) <= 90 && Math.abs(lon.degrees) <= 180 ? [lon.degrees, lat.degrees] : null
  if (first.axis === 'lat' || second.axis === 'lon') return pairOf(second, first)
  if (first.axis === 'lon' || second.axis === 'lat') return pairOf(first, second)
  // Beyond 90° there is no latitude: in China the order is always plain.
  if (Math.abs(first.degrees) > 90) return pairOf(first, second)
  return Math.abs(second.degrees) > 90 ? pairOf(second, first) : null
}

/** The two angles among numbers that are divided alike; none where they are neither two nor twice three. */
function twoOf(parts: readonly string[]): readonly string[] {
  if (parts.length === 2) return parts
  // Degrees, minutes and seconds twice.
  if (parts.length === 6) return [parts.slice(0, 3).join(' '), parts.slice(3).join(' ')]
  return []
}

/** Two angles with only a space, or their letters, between them. */
function split(plain: string): string[] {
  const letters =
    /^(.+?[NSEW])\s*(.+)$/i.exec(plain) ?? /^((?:东经|西经|北纬|南纬).+?)\s*((?:东经|西经|北纬|南纬).+)$/.exec(plain)
  if (letters !== null) return letters.slice(1)
  return plain.split(/\s+/)
}

/**
 * An outline as map services and their pickers write it: `114.3,30.6;114.31,30.6;…`, with `|` between, or as JSON
 * `[[114.3,30.6],…]` and `[{"lng":114.3,"lat":30.6},…]`. Null where it is none; it need not be closed.
 */
export function readCoordinateList(text: string): { type: 'Polygon'; coordinates: Position[][] } | null {
  const ring = text.startsWith('[') ? ringInJson(text) : ringInText(text)
  return ring === null || ring.length < 3 ? null : { type: 'Polygon', coordinates: [ring] }
}

function ringInText(text: string): Position[] | null {
  const parts = text.split(/[;|]/)
  if (parts.at(-1)?.trim() === '') parts.pop()
  const ring: Position[] = []
  for (const part of parts) {
    const match = /^\s*(-?\d+(?:\.\d+)?)(?:\s*,\s*|\s+)(-?\d+(?:\.\d+)?)\s*$/.exec(part)
    if (match === null) return null
    ring.push([Number(match[1]), Number(match[2])])
  }
  return ring
}

function ringInJson(text: string): Position[] | null {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(list)) return null
  const ring = list.map(pointOf)
  return ring.every((point) => point !== null) ? ring : null
}

function pointOf(value: unknown): Position | null {
  const { lng, lon, lat } = (value ?? {}) as Record<string, unknown>
  const [x, y]: unknown[] = Array.isArray(value) ? value : [lng ?? lon, lat]
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : null
}
