import type { Position } from 'geojson'

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
