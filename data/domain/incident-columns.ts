import { channels } from './channel.ts'
import { incidentStatuses } from './incident-status.ts'
import { incidentTypes } from './incident-type.ts'
import { risks } from './risk.ts'

/**
 * Incidents as columns, for layers and filters that work on all of them at once. One row each, ordered by
 * `reported`. Travels as an Arrow IPC stream whose columns carry these names; `number` is utf8, `grid` and `street`
 * are dictionary-encoded utf8, everything else is a plain number array.
 */
export type IncidentColumns = {
  /** Rows. */
  length: number
  /** Degrees × 1e7 (Int32: 1 cm); `noPosition` where a case has no place. */
  x: Int32Array
  y: Int32Array
  /** Seconds since 1970-01-01T00:00Z. */
  reported: Uint32Array
  /** Same; 0 where there is none. */
  due: Uint32Array
  /** Indices into `incidentTypes`, `channels`, `incidentStatuses`, `risks`. */
  type: Uint8Array
  channel: Uint8Array
  status: Uint8Array
  risk: Uint8Array
  /** Index into `grids`; the last entry of `grids` is '' for cases outside every grid. */
  grid: Uint16Array | Uint32Array
  grids: string[]
  /** The street of a row. */
  street: (row: number) => string
  number: (row: number) => string
}

export const noPosition = -2147483648
export const degreesPerUnit = 1e-7

/** What the code columns index into, in the order that is part of the format. */
export const columnCodes = { type: incidentTypes, channel: channels, status: incidentStatuses, risk: risks } as const
