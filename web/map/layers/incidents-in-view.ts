import { noPosition, type IncidentColumns } from '@minqing/data/domain/incident-columns'

/** From this zoom on single cases can be told apart. */
export const incidentsFrom = 15.3
/** More marks than this cover each other: the newest are drawn. */
const most = 20_000

export type Box = { west: number; south: number; east: number; north: number }

/** The cases that are drawn one by one: what the filter holds within a box. */
export type IncidentsInView = {
  rows: Uint32Array
  /** Longitude and latitude, in pairs, in the order of `rows`. */
  places: Float64Array
  risk: Uint8Array
}

export const noIncidents: IncidentsInView = {
  rows: new Uint32Array(0),
  places: new Float64Array(0),
  risk: new Uint8Array(0),
}

/** Looks through all rows: a million take 2 ms, less than any index would cost to keep. */
export function incidentsInView(columns: IncidentColumns, mask: Uint8Array | undefined, box: Box): IncidentsInView {
  const [west, south, east, north] = [box.west, box.south, box.east, box.north].map((degrees) =>
    Math.round(degrees * 1e7),
  )
  const found: number[] = []
  // Newest first, so that the limit leaves out the oldest.
  for (let row = columns.length - 1; row >= 0 && found.length < most; row--) {
    const x = columns.x[row]!
    const y = columns.y[row]!
    if (x < west! || x > east! || y < south! || y > north! || x === noPosition) continue
    if (mask === undefined || mask[row] === 1) found.push(row)
  }
  // The gravest last, so that they lie on top.
  const rows = Uint32Array.from(found).sort((a, b) => columns.risk[b]! - columns.risk[a]! || a - b)
  const places = new Float64Array(rows.length * 2)
  const risk = new Uint8Array(rows.length)
  for (const [i, row] of rows.entries()) {
    places[i * 2] = columns.x[row]! * 1e-7
    places[i * 2 + 1] = columns.y[row]! * 1e-7
    risk[i] = columns.risk[row]!
  }
  return { rows, places, risk }
}
