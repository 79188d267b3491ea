import { dayLength } from '@minqing/data/domain/local-time'
import { streetSites, type DemoScale } from '@minqing/data/demo/city/site'
import { incidentAt, type IncidentNow, scriptedIncidents, seriesStart } from '@minqing/data/demo/series/make-series'
import { usualLimits } from '@minqing/data/demo/series/standing'
import { makeStreet } from '@minqing/data/demo/street'
import { type TableRows, type TableText, textOf } from '../store/copy-rows.ts'
import { placeTables } from './load-street.ts'
import { incidentColumns, incidentRow, partyRows, stepRows, stepsInOrder, taskRows } from './write-incidents.ts'

/** Which street of which demo; the instant as an ISO string; months of incidents, those of the scale unless given. */
export type StreetOrder = { scale: DemoScale; seed: number; index: number; asOf: string; months?: number | undefined }

/** A street as the text of its tables: some 25 MB. */
export type StreetText = { tables: TableText[]; incidents: number; steps: number }

/** Days before the end of which incidents have all their words, and the log its steps. */
const recentDays = 60

/** Each street has a seed of its own, so that it can be made without the others. */
export function seedOfStreet(seed: number, index: number): number {
  return seed * 1000 + index
}

/**
 * Makes a street of a district or city: places, staff, five years of incidents, and the steps of the incidents of the last 60
 * days. People are counted in their buildings, areas and pyramids of none: eleven million rows would say no more.
 */
export function makeStreetText({ scale, seed, index, asOf, months }: StreetOrder): StreetText {
  const site = streetSites(scale, seed)[index]
  if (site === undefined) throw new RangeError(`the ${scale} has no sub-district ${index}`)
  const until = Date.parse(asOf)
  const street = makeStreet(seedOfStreet(seed, index), new Date(asOf).getUTCFullYear(), site)
  const recent = until - recentDays * dayLength
  let incidents = 0
  const moving: IncidentNow[] = []
  function* rows() {
    for (const scripted of scriptedIncidents(street, seriesStart(scale, until, months), until, recent)) {
      const now = incidentAt(scripted, until)
      if (Date.parse(now.incident.reportedAt) >= recent) moving.push(now)
      incidents++
      yield incidentRow(now)
    }
  }
  const incidentTable = { table: 'incident', columns: incidentColumns, chunks: [...textOf(rows())] }
  const steps = stepsInOrder(moving)
  return {
    tables: [
      ...placeTables(street).map(textOfTable),
      incidentTable,
      ...[stepRows(steps, 0), partyRows(steps, street.seed), taskRows(moving, usualLimits)].map(textOfTable),
    ],
    incidents,
    steps: steps.length,
  }
}

function textOfTable({ rows, ...table }: TableRows): TableText {
  return { ...table, chunks: [...textOf(rows)] }
}
