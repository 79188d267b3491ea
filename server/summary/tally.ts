import { codeLength } from '@minqing/data/domain/area-code'
import { channels } from '@minqing/data/domain/channel'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { incidentStatuses } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { risks } from '@minqing/data/domain/risk'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import { type Accepted, acceptedBy } from '../counts/accepted.ts'
import * as cells from '../counts/cell.ts'
import type { MonthCells } from '../counts/month-cells.ts'
import { isOpenCode } from '../counts/month-sums.ts'
import { type CutSums, sumWays } from '../counts/total-sums.ts'
import { lengthBelow } from './length-below.ts'

export type PlaceCount = { total: number; open: number; overdue: number }

/** Sums of cells that the filter holds, cut each way the panels show. */
export class Tally {
  total = 0
  open = 0
  overdue = 0
  readonly types = new Float64Array(64)
  readonly channels = new Float64Array(64)
  readonly statuses = new Float64Array(128)
  readonly risks = new Float64Array(8)
  readonly hours = new Float64Array(24)
  readonly months = new Map<string, number>()
  readonly places = new Map<string, PlaceCount>()
  readonly #area: string
  readonly #accepted: Accepted

  constructor(filter: IncidentFilter) {
    this.#area = filter.area ?? ''
    this.#accepted = acceptedBy(filter)
  }

  /** Cells of a street's month; days outside [from, to) of the month are left out. */
  addMonth(held: MonthCells, from = 1, to = 32): void {
    const isWhole = lengthBelow(this.#area) === codeLength.street
    const street = isWhole ? this.#sumsOf(held.streetCode) : undefined
    if (street === null) return
    let [monthTotal, start] = [0, 0]
    for (const [at, place] of held.places.entries()) {
      const end = held.ends[at]!
      const sums = street ?? this.#sumsOf(place)
      if (sums !== null) {
        const { total, open } = this.#addCells(held, start, end, from, to)
        sums.total += total
        sums.open += open
        monthTotal += total
        this.open += open
      }
      start = end
    }
    if (monthTotal > 0) this.months.set(held.month, (this.months.get(held.month) ?? 0) + monthTotal)
    this.total += monthTotal
  }

  /** For a city ten million cells: no call and no object in the loop. */
  #addCells(held: MonthCells, start: number, end: number, from: number, to: number): { total: number; open: number } {
    const { types, channels: ways, statuses, risks: grave, hours } = this
    const accepted = this.#accepted
    let [total, open] = [0, 0]
    for (let i = start; i < end; i++) {
      const cell = held.cells[i]!
      const day = cells.dayOf(cell)
      const type = cells.typeOf(cell)
      const channel = cells.channelOf(cell)
      const status = cells.statusOf(cell)
      const risk = cells.riskOf(cell)
      if (day < from || day >= to) continue
      if (accepted.types[type] === 0 || accepted.channels[channel] === 0) continue
      if (accepted.statuses[status] === 0 || accepted.risks[risk] === 0) continue
      const count = held.counts[i]!
      total += count
      if (isOpenCode[status] === true) open += count
      types[type]! += count
      ways[channel]! += count
      statuses[status]! += count
      grave[risk]! += count
      hours[cells.hourOf(cell)]! += count
    }
    return { total, open }
  }

  /** Cases of a month that are all the filter's, wherever they lie: their places are added by themselves. */
  addSums(month: string, sums: CutSums): void {
    this.total += sums.total
    this.open += sums.open
    for (const way of sumWays) for (const [code, count] of sums[way].entries()) this[way][code]! += count
    this.months.set(month, (this.months.get(month) ?? 0) + sums.total)
  }

  addPlace(code: string, { total, open, overdue }: PlaceCount): void {
    const sums = this.#sumsOf(code)
    if (sums === null) return
    sums.total += total
    sums.open += open
    this.overdue += overdue
    sums.overdue += overdue
  }

  /** The area one level below the filter's in which a place lies; undefined for one that lies in none. */
  #below(code: string): string | undefined {
    const wanted = lengthBelow(this.#area)
    return wanted === undefined || code.length < wanted ? undefined : code.slice(0, wanted)
  }

  /** Null for a place outside the filter's area. */
  #sumsOf(code: string): PlaceCount | null {
    if (!code.startsWith(this.#area)) return null
    const area = this.#below(code)
    if (area === undefined) return { total: 0, open: 0, overdue: 0 }
    let sums = this.places.get(area)
    if (sums === undefined) this.places.set(area, (sums = { total: 0, open: 0, overdue: 0 }))
    return sums
  }

  cuts(): Pick<IncidentSummary, 'byType' | 'byChannel' | 'byStatus' | 'byRisk'> {
    const counted = <Code, Key extends string>(codes: readonly Code[], name: Key, count: (code: Code) => number) =>
      codes
        .map((code) => ({ [name]: code, count: count(code) }) as Record<Key, Code> & { count: number })
        .filter((row) => row.count > 0)
    const mostFirst = <Row extends { count: number }>(rows: Row[]) => rows.toSorted((a, b) => b.count - a.count)
    return {
      byType: mostFirst(counted(incidentTypes, 'type', (type) => this.types[cells.typeCode(type)]!)),
      byChannel: mostFirst(
        counted(channels.toSorted(), 'channel', (channel) => this.channels[cells.channelCode(channel)]!),
      ),
      byStatus: counted(incidentStatuses, 'status', (status) => this.statuses[cells.statusCode(status)]!),
      byRisk: counted(risks, 'risk', (risk) => this.risks[cells.riskCode(risk)]!),
    }
  }
}
