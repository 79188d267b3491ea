import { type FacetName, facetNames, facetOf, incidentFacets } from '@minqing/data/domain/incident-facets'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { isOpen } from '@minqing/data/domain/incident-status'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/*
 * How incidents are stored as counts. A cell is what incidents of one place and month have in common: day of the month,
 * hour and the code of each facet, packed into an integer below 2^53. Its lower 32 bits are held in memory for every
 * cell, the bits above them only where the facets need them: eight facets of 32 codes fit. What the bits mean follows
 * from `incidentFacets`; the layout is stored beside the counts (`count_layout`), and counts of another layout are
 * counted again when the database is opened (`ensureCounts`).
 */

/** Bits of a cell: those of its lower or its upper word. */
export type CellField = { word: 0 | 1; shift: number; mask: number }

const lowerBits = 32
const cellBits = 53

/** Gives each field its bits, in the lower word while they fit. @throws RangeError when they are too many. */
export function layOut<Name extends string>(
  fields: readonly (readonly [Name, bits: number])[],
): Record<Name, CellField> {
  const used = [0, 0]
  const placed = fields.map(([name, bits]) => {
    const word = used[0]! + bits <= lowerBits ? 0 : 1
    const shift = used[word]!
    used[word] = shift + bits
    return [name, { word, shift, mask: 2 ** bits - 1 }] as const
  })
  if (used[1]! > cellBits - lowerBits) throw new RangeError('the facets have more codes than fit into a cell')
  return Object.fromEntries(placed) as Record<Name, CellField>
}

/** A facet's bits follow from the codes that it may ever have, so that a new code moves no other. */
export const cellFields = layOut<'day' | 'hour' | FacetName>([
  ['day', 5],
  ['hour', 5],
  ...facetNames.map((name) => [name, Math.log2(facetOf(name).capacity)] as const),
])

/** Whether any field lies in the upper word. */
export const hasUpperWord = Object.values(cellFields).some(({ word }) => word === 1)

/** A cell's value of a field. */
export function fieldOf(cell: number, { word, shift, mask }: CellField): number {
  return ((word === 0 ? cell : Math.floor(cell / 2 ** lowerBits)) >>> shift) & mask
}

/**
 * Where the counts of each facet's codes and of the 24 hours lie in an array of sums (`incident_month.sums`,
 * `incident_total.sums`): those of the facets after each other, then the hours.
 */
export const sumOffsets: Record<FacetName, number> = (() => {
  let end = 0
  const offsets = facetNames.map((name) => {
    const offset = end
    end += facetOf(name).codes.length
    return [name, offset] as const
  })
  return Object.fromEntries(offsets) as Record<FacetName, number>
})()
export const hourOffset = facetNames.reduce((sum, name) => sum + facetOf(name).codes.length, 0)
export const sumLength = hourOffset + 24

/** By the position of a status in its facet. */
export const isOpenAt: readonly boolean[] = incidentFacets.status.codes.map(isOpen)

/** What the stored counts mean; one that differs from the stored one has them counted again. */
export const countLayout = JSON.stringify({
  fields: cellFields,
  codes: Object.fromEntries(facetNames.map((name) => [name, facetOf(name).codes])),
  open: isOpenAt,
})

/** Positions of codes in their facet. */
export function codePositions(name: FacetName, codes: readonly string[] = []): number[] {
  return codes.map((code) => facetOf(name).codes.indexOf(code))
}

/** The code of a place within a street, as `placeOfRow` numbers it: itself, a community or a grid. */
export function placeCode(street: string, place: number): string {
  if (place === 0) return street
  const community = Math.floor((place - 1) / 1001)
  const grid = (place - 1) % 1001
  const three = (number: number) => String(number).padStart(3, '0')
  return `${street}${three(community)}${grid === 0 ? '' : three(grid - 1)}`
}

/** The place of a row of `incident`: 0 for the street itself, else 1 + 1001 × community, + 1 + grid within a grid. */
export function placeOfRow(transaction: Transaction): Fragment {
  return transaction`(
    case when grid_code is not null
        then 2 + substr(grid_code, 10, 3)::integer * 1001 + substr(grid_code, 13)::integer
      when community_code is not null then 1 + substr(community_code, 10)::integer * 1001 else 0 end)`
}

/** The cell of a row of `incident`. */
export function cellOfRow(transaction: Transaction): Fragment {
  const local = transaction`(reported_at at time zone ${homeTimeZone})`
  const shiftOf = ({ word, shift }: CellField) => transaction.unsafe(String(word * lowerBits + shift))
  return facetNames.reduce<Fragment>(
    (sum, name) => {
      const { codes, column } = facetOf(name)
      const position = transaction`(array_position(${[...codes]}::text[], ${transaction(column)}) - 1)::bigint`
      return transaction`${sum} + (${position} << ${shiftOf(cellFields[name])})`
    },
    transaction`(date_part('day', ${local})::bigint << ${shiftOf(cellFields.day)})
      + (date_part('hour', ${local})::bigint << ${shiftOf(cellFields.hour)})`,
  )
}

/** First day of the local month of an instant. */
export function localMonth(transaction: Transaction, instant: Fragment): Fragment {
  return transaction`date_trunc('month', ${instant} at time zone ${homeTimeZone})::date`
}

/** Numbers as PostgreSQL writes them between commas: far faster to read than an array's own text. */
export function parseNumbers(text: string): number[] {
  return JSON.parse(`[${text}]`) as number[]
}
