import type { IncidentSummary } from '@minqing/data/domain/summary'
import type { Feature } from 'geojson'
import { expect, test } from 'vitest'
import { countsByArea } from './crossfilter.ts'
import { byMonth } from './histogram.ts'
import { boxAround, cellFor, householdsOf, tallyOf } from './whole.ts'

const summary: IncidentSummary = {
  asOf: '2026-03-01T00:00:00Z',
  total: 12,
  open: 5,
  overdue: 2,
  byType: [{ type: 'E02', count: 12 }],
  byChannel: [{ channel: 'iot', count: 12 }],
  byStatus: [{ status: '80', count: 12 }],
  byRisk: [{ risk: 'blue', count: 12 }],
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

test('the server’s counts stand where our own would', () => {
  const { tally, places } = tallyOf(summary)
  expect([tally.byFacet.type[16], tally.byFacet.channel[12], tally.byFacet.status[12], tally.byFacet.risk[3]]).toEqual([
    12, 12, 12, 12,
  ])
  expect(byMonth(tally.firstDay, tally.byDay).map(({ count }) => count)).toEqual([4, 0, 8])
  expect(countsByArea(tally, places, 9).get('990101001')).toEqual({ total: 7, open: 3, overdue: 2 })
})

test('the months may be those of all time beside the counts of a part of it', () => {
  const { tally } = tallyOf(summary, [{ month: '2025-11', count: 9 }, ...summary.byMonth])
  expect(tally.total).toBe(12)
  expect(byMonth(tally.firstDay, tally.byDay).map(({ count }) => count)).toEqual([9, 4, 0, 8])
})

test('a box around boxes, and cells that suit a radius', () => {
  expect(boxAround([])).toBeNull()
  expect(
    boxAround([
      [1, 2, 3, 4],
      [0, 3, 2, 5],
    ]),
  ).toEqual([0, 2, 3, 5])
  expect([cellFor(150), cellFor(2000)]).toEqual([250, 500])
})

test('households are summed where all are known', () => {
  const street = (households: number | null): Feature => ({
    type: 'Feature',
    properties: { households },
    geometry: { type: 'Point', coordinates: [0, 0] },
  })
  const all = (...features: Feature[]) => ({ type: 'FeatureCollection' as const, features })
  expect(householdsOf(all(street(20_000), street(19_500)))).toBe(39_500)
  expect(householdsOf(all(street(20_000), street(null)))).toBeNull()
  expect([householdsOf(all()), householdsOf(undefined)]).toEqual([null, null])
})
