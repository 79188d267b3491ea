import { type IncidentColumns, makeNumericColumns } from '@minqing/data/domain/incident-columns'
import { type FacetCodes, type FacetName, facetNames, facetOf, mapFacets } from '@minqing/data/domain/incident-facets'
import { incidentStatuses, isCounted, isOpen } from '@minqing/data/domain/incident-status'
import { type FacetCounts, type IncidentSummary, summaryKey } from '@minqing/data/domain/summary'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { countsByArea, tally, tallyOfSummary, type ViewFilter } from './crossfilter.ts'
import { byMonth, dateOf } from './day.ts'

const grids = ['990101001001001', '990101001001002', '990101001002001', '']
const start = Date.parse('2026-01-30T00:00:00+08:00') / 1000
const now = start + 20 * 86_400

type Row = Record<FacetName | 'reported' | 'due' | 'grid', number>

const anyIncident: fc.Arbitrary<Row> = fc.record({
  reported: fc.integer({ min: start, max: start + 40 * 86_400 }),
  due: fc.oneof(fc.constant(0), fc.integer({ min: start, max: start + 40 * 86_400 })),
  ...mapFacets((_, { codes }) => fc.nat(codes.length - 1)),
  grid: fc.nat(grids.length - 1),
})

const anyFilter: fc.Arbitrary<ViewFilter> = fc.record({
  area: fc.constantFrom(null, '990101001', '990101001001', '990101001002', '990101001001002'),
  time: fc.record({
    from: fc.option(fc.integer({ min: start - 9, max: start + 40 * 86_400 })),
    to: fc.option(fc.integer({ min: start - 9, max: start + 40 * 86_400 })),
  }),
  ...(mapFacets((_, { codes }) => fc.subarray([...codes], { maxLength: Math.min(codes.length, 7) })) as unknown as {
    [Name in FacetName]: fc.Arbitrary<FacetCodes[Name]>
  }),
})

function columnsOf(incidents: Row[]): IncidentColumns {
  const column = (key: keyof Row) => incidents.map((one) => one[key])
  return {
    length: incidents.length,
    ...makeNumericColumns((name) =>
      name === 'x' || name === 'y' || name === 'positionSource' ? incidents.length : column(name),
    ),
    grid: Uint16Array.from(column('grid')),
    grids,
    street: String,
    number: String,
  }
}

/** Each part of the filter, written again without bits and tables. */
const parts: Record<keyof ViewFilter, (one: Row, filter: ViewFilter) => boolean> = {
  area: (one, { area }) => area === null || area.length === 9 || grids[one.grid]!.startsWith(area),
  time: (one, { time }) => one.reported >= (time.from ?? 0) && one.reported < (time.to ?? Infinity),
  ...mapFacets((name, { codes }) => (one: Row, filter: ViewFilter) => {
    const chosen: readonly string[] = filter[name]
    return chosen.length === 0 || chosen.includes(codes[one[name]]!)
  }),
}

function passing(incidents: Row[], filter: ViewFilter, without?: keyof ViewFilter): Row[] {
  const tests = Object.entries(parts).filter(([name]) => name !== without)
  return incidents.filter(
    (one) => isCounted(incidentStatuses[one.status]!) && tests.every(([, test]) => test(one, filter)),
  )
}

function counts(incidents: Row[], key: keyof Row, size: number): number[] {
  return Array.from({ length: size }, (_, code) => incidents.filter((one) => one[key] === code).length)
}

test('the crossfilter counts what testing each incident against each part of the filter counts', () => {
  fc.assert(
    fc.property(fc.array(anyIncident, { maxLength: 60 }), anyFilter, (unordered, filter) => {
      const incidents = unordered.toSorted((a, b) => a.reported - b.reported)
      const result = tally(columnsOf(incidents), filter, now)
      const left = passing(incidents, filter)
      const open = left.filter((one) => isOpen(incidentStatuses[one.status]!))
      const overdue = open.filter((one) => one.due !== 0 && one.due < now)

      expect([...result.mask]).toEqual(incidents.map((one) => (left.includes(one) ? 1 : 0)))
      expect([result.total, result.open, result.overdue]).toEqual([left.length, open.length, overdue.length])
      for (const name of facetNames) {
        const expected = counts(passing(incidents, filter, name), name, facetOf(name).codes.length)
        expect([...result.byFacet[name]], name).toEqual(expected)
      }
      expect([...result.gridTotal]).toEqual(counts(left, 'grid', grids.length))
      expect([...result.gridOpen]).toEqual(counts(open, 'grid', grids.length))
      expect([...result.gridOverdue]).toEqual(counts(overdue, 'grid', grids.length))

      const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
      const dates = passing(incidents, filter, 'time').map((one) => shanghai.format(one.reported * 1000))
      for (const [index, count] of result.byDay.entries()) {
        expect(dates.filter((date) => date === dateOf(result.firstDay + index))).toHaveLength(count)
      }
      const hours = left.map((one) => new Date((one.reported + 28_800) * 1000).getUTCHours())
      expect([...result.byHour]).toEqual(
        Array.from({ length: 24 }, (_, hour) => hours.filter((h) => h === hour).length),
      )
    }),
  )
})

/** Twelve incidents with the second code of each facet. */
const byFacet = Object.fromEntries(
  facetNames.map((name) => [summaryKey(name), [{ [name]: facetOf(name).codes[1], count: 12 }]]),
) as unknown as FacetCounts

const summary: IncidentSummary = {
  asOf: '2026-03-01T00:00:00Z',
  total: 12,
  open: 5,
  overdue: 2,
  ...byFacet,
  byMonth: [
    { month: '2025-12', count: 4 },
    { month: '2026-01', count: 0 },
    { month: '2026-02', count: 8 },
  ],
  byHour: Array.from({ length: 24 }, () => 0),
  byArea: [
    { code: '990101001', name: '甲', total: 7, open: 3, overdue: 2 },
    { code: '990101002', name: '乙', total: 5, open: 2, overdue: 0 },
  ],
}

test('a summary of the server has the shape of a tally', () => {
  const { tally: counted, places } = tallyOfSummary(summary)
  for (const name of facetNames) expect([...counted.byFacet[name]].slice(0, 3)).toEqual([0, 12, 0])
  expect(byMonth(counted.firstDay, counted.byDay).map(({ count }) => count)).toEqual([4, 0, 8])
  expect(countsByArea(counted, places, 9).get('990101001')).toEqual({ total: 7, open: 3, overdue: 2 })
})

test('the months may be those of all time beside the counts of a part of it', () => {
  const { tally: counted } = tallyOfSummary(summary, [{ month: '2025-11', count: 9 }, ...summary.byMonth])
  expect(counted.total).toBe(12)
  expect(byMonth(counted.firstDay, counted.byDay).map(({ count }) => count)).toEqual([9, 4, 0, 8])
})
