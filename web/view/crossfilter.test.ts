import { channels } from '@minqing/data/domain/channel'
import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { incidentStatuses, isCounted, isOpen } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { risks } from '@minqing/data/domain/risk'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { tally, type ViewFilter } from './crossfilter.ts'
import { dateOf } from './day.ts'

const grids = ['990101001001001', '990101001001002', '990101001002001', '']
const start = Date.parse('2026-01-30T00:00:00+08:00') / 1000
const now = start + 20 * 86_400

type Case = { reported: number; due: number; type: number; channel: number; status: number; risk: number; grid: number }

const anyCase: fc.Arbitrary<Case> = fc.record({
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

function columnsOf(cases: Case[]): IncidentColumns {
  const column = (key: keyof Case) => cases.map((one) => one[key])
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
const parts: Record<keyof ViewFilter, (one: Case, filter: ViewFilter) => boolean> = {
  area: (one, { area }) => area === null || area.length === 9 || grids[one.grid]!.startsWith(area),
  time: (one, { time }) => one.reported >= (time.from ?? 0) && one.reported < (time.to ?? Infinity),
  type: (one, { type }) => type.length === 0 || type.includes(incidentTypes[one.type]!),
  channel: (one, { channel }) => channel.length === 0 || channel.includes(channels[one.channel]!),
  status: (one, { status }) => status.length === 0 || status.includes(incidentStatuses[one.status]!),
  risk: (one, { risk }) => risk.length === 0 || risk.includes(risks[one.risk]!),
}

function passing(cases: Case[], filter: ViewFilter, without?: keyof ViewFilter): Case[] {
  const tests = Object.entries(parts).filter(([name]) => name !== without)
  return cases.filter((one) => isCounted(incidentStatuses[one.status]!) && tests.every(([, test]) => test(one, filter)))
}

function counts(cases: Case[], key: keyof Case, size: number): number[] {
  return Array.from({ length: size }, (_, code) => cases.filter((one) => one[key] === code).length)
}

test('one pass counts what asking each case about each part of the filter counts', () => {
  fc.assert(
    fc.property(fc.array(anyCase, { maxLength: 60 }), anyFilter, (unordered, filter) => {
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
