import { channels } from '@minqing/data/domain/channel'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { incidentStatuses } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { risks } from '@minqing/data/domain/risk'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import * as cells from '../counts/cell.ts'
import { isOpenCode, type Cells } from '../counts/month-sums.ts'
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
  readonly #accepts: (cell: number) => boolean

  readonly #onPlace: (code: string, count: number) => void

  /** @param onPlace told of the cases of every place of a month. */
  constructor(filter: IncidentFilter, onPlace: (code: string, count: number) => void = () => {}) {
    this.#onPlace = onPlace
    this.#area = filter.area ?? ''
    this.#accepts = acceptance(filter)
  }

  /** Cells of one street and month; days outside [from, to) of the month are left out. */
  addMonth(street: string, month: string, { cells: codes, counts }: Cells, from = 1, to = 32): void {
    const places = new Map<number, PlaceCount | null>()
    const own = new Map<number, number>()
    for (const [i, cell] of codes.entries()) {
      const day = cells.dayOf(cell)
      if (day < from || day >= to || !this.#accepts(cell)) continue
      const place = cells.placeOf(cell)
      let sums = places.get(place)
      if (sums === undefined) places.set(place, (sums = this.#sumsOf(cells.placeCode(street, place))))
      if (sums === null) continue
      const count = counts[i]!
      own.set(place, (own.get(place) ?? 0) + count)
      this.hours[cells.hourOf(cell)]! += count
      sums.total += count
      this.types[cells.typeOf(cell)]! += count
      this.channels[cells.channelOf(cell)]! += count
      this.statuses[cells.statusOf(cell)]! += count
      this.risks[cells.riskOf(cell)]! += count
      if (isOpenCode[cells.statusOf(cell)] !== true) continue
      this.open += count
      sums.open += count
    }
    const total = [...own.values()].reduce((sum, count) => sum + count, 0)
    if (total > 0) this.months.set(month, (this.months.get(month) ?? 0) + total)
    this.total += total
    for (const [place, count] of own) this.#onPlace(cells.placeCode(street, place), count)
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

/** Whether a cell's type, channel, status and risk are among the filter's. */
function acceptance({ types, channels: wanted, statuses, risks: grave }: IncidentFilter): (cell: number) => boolean {
  const tests = [
    oneOf(types?.map(cells.typeCode), cells.typeOf),
    oneOf(wanted?.map(cells.channelCode), cells.channelOf),
    oneOf(statuses?.map(cells.statusCode), cells.statusOf),
    oneOf(grave?.map(cells.riskCode), cells.riskOf),
  ].filter((test) => test !== null)
  return (cell) => tests.every((test) => test(cell))
}

function oneOf(codes: readonly number[] | undefined, part: (cell: number) => number) {
  if (codes === undefined || codes.length === 0) return null
  const among = new Uint8Array(128)
  for (const code of codes) among[code] = 1
  return (cell: number) => among[part(cell)] === 1
}
