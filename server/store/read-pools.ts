import type { Database } from './connect.ts'
import type { Reader } from './replica-reader.ts'
import { type SlotLimits, Slots } from './slots.ts'

/** A share of the connections for reading: whoever reads through it leaves the others to the rest. */
export class ReadPool {
  readonly source: Database | Reader
  readonly slots: Slots

  constructor(source: Database | Reader, limits: SlotLimits) {
    this.source = source
    this.slots = new Slots(limits)
  }
}

/**
 * Connections by what a request costs. `slots` of each are its own, so that no flood of one kind takes them from
 * another. People wait a few seconds for what they look at; what costs most is refused within one.
 */
const limits = {
  /** Status, wall and areas: milliseconds each, and every screen needs them. */
  light: { slots: 4, queue: 200, wait: 5_000 },
  /** All that is neither. */
  ordinary: { slots: 5, queue: 200, wait: 5_000 },
  /** All incidents of a map. */
  columns: { slots: 2, queue: 40, wait: 10_000 },
  /** Filters, and pages of more features than a screen asks for. */
  heavy: { slots: 2, queue: 12, wait: 800 },
  /** Read for as long as their client takes. */
  exports: { slots: 4, perClient: 2, queue: 8, wait: 800 },
} as const satisfies Record<string, SlotLimits>

export type ReadPools = Record<keyof typeof limits, ReadPool>

/** Connections that the other pools use together, and a few for what reads outside of them. */
export const readConnections = 4 + Object.values(limits).reduce((sum, { slots }) => sum + slots, 0) - limits.light.slots
/** Connections for `light` alone. */
export const lightConnections = limits.light.slots

/**
 * @param light where the pool of that name reads, the same without it. On connections of its own its few questions are
 * always planned: a connection that asks them for the first time takes seconds on a busy machine.
 */
export function readPools(source: Database | Reader, light = source): ReadPools {
  const pool = (name: keyof typeof limits) => new ReadPool(source, limits[name])
  return {
    light: new ReadPool(light, limits.light),
    ordinary: pool('ordinary'),
    columns: pool('columns'),
    heavy: pool('heavy'),
    exports: pool('exports'),
  }
}
