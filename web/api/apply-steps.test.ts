import { type IncidentColumns, makeNumericColumns } from '@minqing/data/domain/incident-columns'
import { facetOf } from '@minqing/data/domain/incident-facets'
import type { LiveStep } from '@minqing/data/domain/live'
import { expect, test } from 'vitest'
import { applySteps } from './apply-steps.ts'

const grid = '990101001001001'
const street = grid.slice(0, 9)
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString()

/** Three cases, reported a minute apart. */
function columnsOfThree(): IncidentColumns {
  const numbers = ['A', 'B', 'C']
  const columns = makeNumericColumns(() => 3)
  columns.reported.set(numbers.map((_, row) => Date.parse(at(row)) / 1000))
  return {
    ...columns,
    length: 3,
    grid: Uint32Array.from([0, 0, 1]),
    grids: [grid, ''],
    street: () => street,
    number: (row) => numbers[row]!,
  }
}

const step = (number: string, position: number, more: Partial<LiveStep> = {}): LiveStep => ({
  street,
  position,
  number,
  sequence: 2,
  action: 'accept',
  status: '20',
  type: 'D02',
  channel: 'walk_in',
  risk: 'red',
  area: grid,
  lon: 114.3,
  lat: 30.5,
  positionSource: 'address-building',
  at: at(10),
  reportedAt: at(5),
  dueAt: at(60),
  ...more,
})
const statusIn = (columns: IncidentColumns, row: number) => facetOf('status').codes[columns.status[row]!]

test('a step changes the row of its case, and nothing of the columns before', () => {
  const before = columnsOfThree()
  const after = applySteps(before, [step('B', 1), step('B', 2, { status: '30' })])!
  expect([after.length, statusIn(after, 1), after.number(1)]).toEqual([3, '30', 'B'])
  expect(after.due[1]).toBe(Date.parse(at(60)) / 1000)
  expect(facetOf('risk').codes[after.risk[1]!]).toBe('red')
  expect(statusIn(before, 1)).toBe(facetOf('status').codes[0])
  expect([after.status[0], after.status[2]]).toEqual([before.status[0], before.status[2]])
})

test('a new case is appended with its place', () => {
  const after = applySteps(columnsOfThree(), [
    step('D', 1),
    step('E', 2, { reportedAt: at(4), area: street, lon: null }),
  ])!
  expect([after.length, after.number(3), after.number(4), after.street(4)]).toEqual([5, 'E', 'D', street])
  expect([after.grids[after.grid[3]!], after.grids[after.grid[4]!]]).toEqual(['', grid])
  expect([after.x[4], after.y[4]]).toEqual([1_143_000_000, 305_000_000])
  expect(after.reported[4]).toBe(Date.parse(at(5)) / 1000)
  // And moved on, as the others are.
  expect(statusIn(applySteps(after, [step('D', 3, { status: '30' })])!, 4)).toBe('30')
})

test('what cannot be said from the steps is fetched again', () => {
  expect(applySteps(columnsOfThree(), [step('D', 1, { reportedAt: at(0) })])).toBeNull()
  expect(applySteps(columnsOfThree(), [step('D', 1, { area: '990101001001002' })])).toBeNull()
  expect(applySteps(columnsOfThree(), [step('A', 1, { status: '90' })])).toBeNull()
  // A case that is not shown does not come.
  expect(applySteps(columnsOfThree(), [step('D', 1, { status: '90' })])!.length).toBe(3)
})
