import { channels } from '@minqing/data/domain/channel'
import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { incidentStatuses, isCounted, isOpen } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { risks } from '@minqing/data/domain/risk'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { countsByArea, tally, tallyOfSummary, type ViewFilter } from './crossfilter.ts'
import { byMonth, dateOf } from './day.ts'

const grids = ['990101001001001', '990101001001002', '990101001002001', '']
const start = Date.parse('2026-01-30T00:00:00+08:00') / 1000
const now = start + 20 * 86_400

type Row = { reported: number; due: number; type: number; channel: number; status: number; risk: number; grid: number }

const anyIncident: fc.Arbitrary<Row> = fc.record({
  reported: fc.integer({ min: start, max: start + 40 * 86_400 }),
  due: fc.oneof(fc.constant(0), fc.integer({ min: start, max: start + 40 * 86_400 })),
  type: fc.nat(incidentTypes.length - 1),
  channel: fc.nat(channels.length - 1),
  status: fc.nat(incidentStatuses.length - 1),
  risk: fc.nat(risks.length - 1),
  grid: fc.nat(grids.length - 1),
})

const anyFilter: fc.Arbitrary<ViewFilter> = fc.record({
  area: fc.constantFrom(null, '990101001', '990101001001', '990101001002', '990101001001002'),
  time: fc.record({
    from: fc.option(fc.integer({ min: start - 9, max: start + 40 * 86_400 })),
    to: fc.option(fc.integer({ min: start - 9, max: start + 40 * 86_400 })),
  }),
  type: fc.subarray([...incidentTypes], { maxLength: 9 }),
  channel: fc.subarray([...channels], { maxLength: 5 }),
  status: fc.subarray([...incidentStatuses], { maxLength: 5 }),
  risk: fc.subarray([...risks]),
})

function columnsOf(cases: Row[]): IncidentColumns {
  const column = (key: keyof Row) => cases.map((one) => one[key])
  return {
    length: cases.length,
    x: new Int32Array(cases.length),
    y: new Int32Array(cases.length),
    reported: Uint32Array.from(column('reported')),
    due: Uint32Array.from(column('due')),
    type: Uint8Array.from(column('type')),
    channel: Uint8Array.from(column('channel')),
    status: Uint8Array.from(column('status')),
    risk: Uint8Array.from(column('risk')),
    grid: Uint16Array.from(column('grid')),
    grids,
    street: String,
    number: String,
  }
}

/** Each part of the filter, said once more without bits and tables. */
const parts: Record<keyof ViewFilter, (one: Row, filter: ViewFilter) => boolean> = {
  area: (one, { area }) => area === null || area.length === 9 || grids[one.grid]!.startsWith(area),
  time: (one, { time }) => one.reported >= (time.from ?? 0) && one.reported < (time.to ?? Infinity),
  type: (one, { type }) => type.length === 0 || type.includes(incidentTypes[one.type]!),
  channel: (one, { channel }) => channel.length === 0 || channel.includes(channels[one.channel]!),
  status: (one, { status }) => status.length === 0 || status.includes(incidentStatuses[one.status]!),
  risk: (one, { risk }) => risk.length === 0 || risk.includes(risks[one.risk]!),
}

function passing(cases: Row[], filter: ViewFilter, without?: keyof ViewFilter): Row[] {
  const tests = Object.entries(parts).filter(([name]) => name !== without)
  return cases.filter((one) => isCounted(incidentStatuses[one.status]!) && tests.every(([, test]) => test(one, filter)))
}

function counts(cases: Row[], key: keyof Row, size: number): number[] {
  return Array.from({ length: size }, (_, code) => cases.filter((one) => one[key] === code).length)
}

test('one pass counts what asking each case about each part of the filter counts', () => {
  fc.assert(
    fc.property(fc.array(anyIncident, { maxLength: 60 }), anyFilter, (unordered, filter) => {
      const cases = unordered.toSorted((a, b) => a.reported - b.reported)
      const result = tally(columnsOf(cases), filter, now)
      const left = passing(cases, filter)
      const open = left.filter((one) => isOpen(incidentStatuses[one.status]!))
      const overdue = open.filter((one) => one.due !== 0 && one.due < now)

      expect([...result.mask]).toEqual(cases.map((one) => (left.includes(one) ? 1 : 0)))
      expect([result.total, result.open, result.overdue]).toEqual([left.length, open.length, overdue.length])
      expect([...result.byFacet.type]).toEqual(counts(passing(cases, filter, 'type'), 'type', incidentTypes.length))
      expect([...result.byFacet.channel]).toEqual(counts(passing(cases, filter, 'channel'), 'channel', channels.length))
      expect([...result.byFacet.status]).toEqual(
        counts(passing(cases, filter, 'status'), 'status', incidentStatuses.length),
      )
      expect([...result.byFacet.risk]).toEqual(counts(passing(cases, filter, 'risk'), 'risk', risks.length))
      expect([...result.gridTotal]).toEqual(counts(left, 'grid', grids.length))
      expect([...result.gridOpen]).toEqual(counts(open, 'grid', grids.length))
      expect([...result.gridOverdue]).toEqual(counts(overdue, 'grid', grids.length))

      const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
      const dates = passing(cases, filter, 'time').map((one) => shanghai.format(one.reported * 1000))
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
  const { tally: counted, places } = tallyOfSummary(summary)
  expect([
    counted.byFacet.type[16],
    counted.byFacet.channel[12],
    counted.byFacet.status[12],
    counted.byFacet.risk[3],
  ]).toEqual([12, 12, 12, 12])
  expect(byMonth(counted.firstDay, counted.byDay).map(({ count }) => count)).toEqual([4, 0, 8])
  expect(countsByArea(counted, places, 9).get('990101001')).toEqual({ total: 7, open: 3, overdue: 2 })
})

test('the months may be those of all time beside the counts of a part of it', () => {
  const { tally: counted } = tallyOfSummary(summary, [{ month: '2025-11', count: 9 }, ...summary.byMonth])
  expect(counted.total).toBe(12)
  expect(byMonth(counted.firstDay, counted.byDay).map(({ count }) => count)).toEqual([9, 4, 0, 8])
})
