import { codeLength } from '@minqing/data/domain/area-code'
import { type FacetName, facetNames, facetOf, mapFacets } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { dayLength } from '@minqing/data/domain/local-time'
import type { MonthCells } from './cells.ts'
import { type CellField, cellFields, codePositions, hourOffset, isOpenAt, sumLength, sumOffsets } from './layout.ts'
import type { Sums } from './sums.ts'

export type AreaCounts<Value = number> = { total: Value; open: Value; overdue: Value }

/** Digits of the codes of the areas to count by, or 15 and more for the smallest area that is known of an incident. */
export type AreaDigits = number

/** Counts by the smallest area that is known: the grid, outside every grid the community, else the street. */
export const smallestAreas: AreaDigits = 99

/** Columns of incidents as the database sends them, values between commas. */
export type RowTexts = {
  /** Codes of the smallest area that is known. */
  places: string
  /** Hours of local time since 1970-01-01T00:00. */
  hours: string
  /** 1 where it is to be counted as overdue. */
  overdue: string
} & { [Name in FacetName]: string }

/** What a filter counts, added up from cells and sums. */
export class IncidentCounts {
  total = 0
  open = 0
  overdue = 0
  /** By facet and hour, as `sumOffsets` and `hourOffset` say. */
  readonly #sums = new Float64Array(sumLength)
  /** By first local day, `YYYY-MM-DD`. */
  readonly months = new Map<string, number>()
  readonly areas = new Map<string, AreaCounts>()
  readonly #prefix: string
  readonly #digits: AreaDigits | undefined
  readonly #byFacet: boolean
  /** For each facet that is restricted, whether each code is among the filter's. */
  readonly #accepted: [CellField, Uint8Array][]

  constructor(question: { filter: IncidentFilter; areas?: AreaDigits | undefined; byFacet?: boolean }) {
    const { filter, areas, byFacet = false } = question
    this.#prefix = filter.area ?? ''
    this.#digits = areas
    this.#byFacet = byFacet
    this.#accepted = facetNames
      .filter((name) => (filter[name] ?? []).length > 0)
      .map((name) => {
        const among = new Uint8Array(facetOf(name).capacity)
        for (const position of codePositions(name, filter[name])) among[position] = 1
        return [cellFields[name], among]
      })
  }

  /** How many incidents have each code of a facet, in the order of its codes. */
  byFacet(name: FacetName): Float64Array {
    return this.#sums.subarray(sumOffsets[name], sumOffsets[name] + facetOf(name).codes.length)
  }

  /** By hour of the local day. */
  get hours(): Float64Array {
    return this.#sums.subarray(hourOffset, hourOffset + 24)
  }

  /** Adds the cells of a street's month; days outside [from, to) of the month are left out. */
  addMonth(held: MonthCells, from: number, to: number): void {
    const isUnrestricted = this.#accepted.length === 0 && from <= 1 && to > 31
    const street = this.#digits === codeLength.street ? this.#areaOf(held.streetCode) : undefined
    if (street === null) return
    const weights = isUnrestricted && !this.#byFacet ? null : weigh(held, this.#accepted, from, to)
    let [monthTotal, start] = [0, 0]
    for (const [at, place] of held.places.entries()) {
      const end = held.ends[at]!
      const area = street ?? this.#areaOf(place)
      if (area === null) weights?.fill(0, start, end)
      else {
        const total = weights === null || isUnrestricted ? held.totals[at]! : sumOf(weights, start, end)
        const open = weights === null || isUnrestricted ? held.opens[at]! : openOf(held, weights, start, end)
        area.total += total
        area.open += open
        monthTotal += total
        this.open += open
      }
      start = end
    }
    this.total += monthTotal
    if (monthTotal > 0) this.months.set(held.month, (this.months.get(held.month) ?? 0) + monthTotal)
    if (monthTotal > 0 && weights !== null && this.#byFacet) this.#addSums(held, weights)
  }

  /** A field a pass: the loops know nothing but typed arrays, a city has ten million cells. */
  #addSums(held: MonthCells, weights: Uint32Array): void {
    for (const name of facetNames) addField(held, weights, cellFields[name], this.byFacet(name))
    addField(held, weights, cellFields.hour, this.hours)
  }

  /** Adds incidents that are all the filter's, one by one. */
  addRows(texts: RowTexts): void {
    const values = (text: string) => text.split(',')
    const hours = values(texts.hours)
    const overdue = values(texts.overdue)
    const facets = facetNames.map((name) => [name, values(texts[name])] as const)
    const statuses = values(texts.status)
    const months = new Map<number, string>()
    for (const [row, place] of values(texts.places).entries()) {
      const area = this.#areaOf(place)
      if (area === null) continue
      const hour = Number(hours[row])
      const isOpen = isOpenAt[positionsOf.status.get(statuses[row]!)!] === true ? 1 : 0
      const isOverdue = overdue[row] === '1' ? 1 : 0
      this.total += 1
      this.open += isOpen
      this.overdue += isOverdue
      area.total += 1
      area.open += isOpen
      area.overdue += isOverdue
      const day = Math.floor(hour / 24)
      let month = months.get(day)
      if (month === undefined) months.set(day, (month = monthOfDay(day)))
      this.months.set(month, (this.months.get(month) ?? 0) + 1)
      if (!this.#byFacet) continue
      for (const [name, codes] of facets) this.#sums[sumOffsets[name] + positionsOf[name].get(codes[row]!)!]! += 1
      this.#sums[hourOffset + hour - 24 * day]! += 1
    }
  }

  /** Adds incidents of a month that are all the filter's, wherever they lie: their areas are added by themselves. */
  addSums(month: string, { total, open, sums }: Sums): void {
    this.total += total
    this.open += open
    for (const [at, count] of sums.entries()) this.#sums[at]! += count
    this.months.set(month, (this.months.get(month) ?? 0) + total)
  }

  /** Adds to the area in which a place lies, and to what is overdue in all. */
  addArea(code: string, { total, open, overdue }: AreaCounts): void {
    const area = this.#areaOf(code)
    if (area === null) return
    area.total += total
    area.open += open
    this.overdue += overdue
    area.overdue += overdue
  }

  /** Null for a place outside the filter's area. A place that lies in none of the areas to count by is counted in all. */
  #areaOf(code: string): AreaCounts | null {
    if (!code.startsWith(this.#prefix)) return null
    const digits = this.#digits
    if (digits === undefined || (code.length < digits && digits !== smallestAreas))
      return { total: 0, open: 0, overdue: 0 }
    const area = code.slice(0, digits)
    let counts = this.areas.get(area)
    if (counts === undefined) this.areas.set(area, (counts = { total: 0, open: 0, overdue: 0 }))
    return counts
  }
}

const positionsOf = mapFacets(
  (_, { codes }): ReadonlyMap<string, number> => new Map(codes.map((code, at): [string, number] => [code, at])),
)

/** First day, `YYYY-MM-DD`, of the month of a day that is counted since 1970-01-01. */
function monthOfDay(day: number): string {
  return `${new Date(day * dayLength).toISOString().slice(0, 7)}-01`
}

/** Scratch of `weigh`, used again for each month. */
let scratch = new Uint32Array(0)

/** The count of each cell that the filter accepts, and 0 of the others; valid until the next call. */
function weigh(
  { lower, upper, counts }: MonthCells,
  accepted: readonly [CellField, Uint8Array][],
  from: number,
  to: number,
): Uint32Array {
  if (scratch.length < counts.length) scratch = new Uint32Array(2 * counts.length)
  const weights = scratch.subarray(0, counts.length)
  weights.set(counts)
  const { shift, mask } = cellFields.day
  if (from > 1 || to <= 31) {
    for (let i = 0; i < weights.length; i++) {
      const day = (lower[i]! >>> shift) & mask
      if (day < from || day >= to) weights[i] = 0
    }
  }
  for (const [field, among] of accepted) {
    const words = field.word === 0 ? lower : upper!
    for (let i = 0; i < weights.length; i++) weights[i]! *= among[(words[i]! >>> field.shift) & field.mask]!
  }
  return weights
}

function addField({ lower, upper }: MonthCells, weights: Uint32Array, field: CellField, sums: Float64Array): void {
  const { word, shift, mask } = field
  const words = word === 0 ? lower : upper!
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!
    if (weight !== 0) sums[(words[i]! >>> shift) & mask]! += weight
  }
}

function sumOf(weights: Uint32Array, start: number, end: number): number {
  let sum = 0
  for (let i = start; i < end; i++) sum += weights[i]!
  return sum
}

function openOf({ lower, upper }: MonthCells, weights: Uint32Array, start: number, end: number): number {
  const { word, shift, mask } = cellFields.status
  const words = word === 0 ? lower : upper!
  let sum = 0
  for (let i = start; i < end; i++) if (isOpenAt[(words[i]! >>> shift) & mask] === true) sum += weights[i]!
  return sum
}
