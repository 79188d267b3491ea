import { streetSites, type DemoScale } from '@minqing/data/demo/city/site'
import { caseAt, scriptedCases } from '@minqing/data/demo/series/make-series'
import { makeStreet } from '@minqing/data/demo/street'
import { type TableText, textOf } from './copy-rows.ts'
import { placeTables } from './load-street.ts'
import { incidentColumns, incidentRow, stepRows, stepsInOrder } from './write-cases.ts'

/** Which street of which demo; the moment as an ISO string. */
export type StreetOrder = { scale: DemoScale; seed: number; index: number; asOf: string }

/** A street as the text of its tables: some 25 MB. */
export type StreetText = { tables: TableText[]; incidents: number; steps: number }

const years = 5
/** Days before the end of which cases have all their words, and the log its steps. */
const recentDays = 60
const day = 86_400_000

/** Each street has a seed of its own, so that it can be made without the others. */
export function seedOfStreet(seed: number, index: number): number {
  return seed * 1000 + index
}

/** The first moment of a district's or city's series: midnight at home, five years before. */
export function beginningOfYears(asOf: Date): number {
  const home = 8 * 3_600_000
  const start = new Date(asOf.getTime() + home)
  start.setUTCFullYear(start.getUTCFullYear() - years)
  start.setUTCHours(0, 0, 0, 0)
  return start.getTime() - home
}

/**
 * Makes a street of a district or city: places, staff, five years of cases, and the steps of the cases of the last 60
 * days. People are counted in their buildings, areas and pyramids of none: eleven million rows would say no more.
 */
export function makeStreetText({ scale, seed, index, asOf }: StreetOrder): StreetText {
  const site = streetSites(scale, seed)[index]
  if (site === undefined) throw new RangeError(`the ${scale} has no street ${index}`)
  const until = Date.parse(asOf)
  const street = makeStreet(seedOfStreet(seed, index), new Date(asOf).getUTCFullYear(), site)
  const recent = until - recentDays * day
  let incidents = 0
  const moving: Pick<ReturnType<typeof caseAt>, 'steps'>[] = []
  function* rows() {
    for (const scripted of scriptedCases(street, beginningOfYears(new Date(asOf)), until, recent)) {
      const now = caseAt(scripted, until)
      if (Date.parse(now.incident.reportedAt) >= recent) moving.push({ steps: now.steps })
      incidents++
      yield incidentRow(now)
    }
  }
  const cases = { table: 'incident', columns: incidentColumns, chunks: [...textOf(rows())] }
  const steps = stepsInOrder(moving, '')
  const { rows: stepCells, ...log } = stepRows(steps, 0)
  return {
    tables: [
      ...placeTables(street).map(({ rows: cells, ...table }) => ({ ...table, chunks: [...textOf(cells)] })),
      cases,
      { ...log, chunks: [...textOf(stepCells)] },
    ],
    incidents,
    steps: steps.length,
  }
}
