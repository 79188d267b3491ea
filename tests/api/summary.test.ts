import { channelOriginOf, channelOrigins, channels } from '@minqing/data/domain/channel'
import type { Incident } from '@minqing/data/domain/incident'
import { incidentStatuses, openStatuses } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { risks } from '@minqing/data/domain/risk'
import { IncidentSummary } from '@minqing/data/domain/summary'
import type { FeatureCollection } from 'geojson'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { now, type ServedApi, serveApi } from './serve-api.ts'
import { changed, communities, grids, insertAreas, insertIncident, street } from './world.ts'

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  // Strides without a common divisor: every combination of codes comes up somewhere.
  for (let index = 0; index < 240; index++) {
    const reported = Date.UTC(2025, 9, 1) + index * 15.7 * 3_600_000
    await insertIncident(database, {
      number: `S${index}`,
      gridCode: index % 11 === 0 ? null : grids[index % 4]!,
      type: incidentTypes[index % incidentTypes.length]!,
      channel: channels[(index * 3) % channels.length]!,
      // There are as many statuses as channels: shifted in each round, they meet in every combination.
      status: incidentStatuses[(index * 11 + Math.floor(index / 17)) % incidentStatuses.length]!,
      risk: risks[(index * 7) % 4]!,
      reportedAt: new Date(reported).toISOString(),
      dueAt: index % 3 === 0 ? null : new Date(reported + (index % 90) * 86_400_000).toISOString(),
    })
  }
  await changed(database, 'incidents')
})
afterAll(() => served.close())

const open = new Set<string>(openStatuses)
const isOverdue = ({ status, dueAt }: Case) => open.has(status) && dueAt !== null && Date.parse(dueAt) < now.getTime()
type Case = Omit<Incident, 'position'>

function count<T extends string>(cases: Case[], of: (one: Case) => T): Map<T, number> {
  const counts = new Map<T, number>()
  for (const one of cases) counts.set(of(one), (counts.get(of(one)) ?? 0) + 1)
  return counts
}

/** At home, eight hours ahead. */
const atHome = ({ reportedAt }: Case) => new Date(Date.parse(reportedAt) + 8 * 3_600_000).toISOString()

const filters = [
  '',
  `?area=${street}`,
  `?area=${communities[0]}`,
  `?area=${grids[2]}`,
  '?type=E01',
  '?type=D02,E05&risk=red,blue',
  '?status=10,50&channel=walk_in,iot,hotline_12345',
  '?channel=reported',
  '?channel=discovered,walk_in',
  '?datetime=2025-11-01T00:00:00%2B08:00/2026-01-01T00:00:00%2B08:00',
  `?area=${communities[1]}&datetime=2026-01-01T00:00:00Z/..&type=E01`,
]

test.each(channelOrigins)('“%s” is all channels of that origin, and no others', async (origin) => {
  const [summary, all] = await Promise.all(
    [`?channel=${origin}`, ''].map(async (filter) => IncidentSummary.parse(await served.getJson(`/summary${filter}`))),
  )
  const expected = all!.byChannel.filter(({ channel, count }) => channelOriginOf[channel] === origin && count > 0)
  expect(expected.length).toBeGreaterThan(2)
  expect(summary!.byChannel.filter((row) => row.count > 0)).toEqual(expected)
})

test.each(filters)('the summary of “%s” equals a count of the items', async (filter) => {
  const summary = IncidentSummary.parse(await served.getJson(`/summary${filter}`))
  const page = await served.getJson<FeatureCollection<null, Case>>(
    `/collections/incidents/items${filter === '' ? '?' : `${filter}&`}limit=10000`,
  )
  const cases = page.features.map(({ properties }) => properties)
  expect(cases.length).toBeGreaterThan(0)
  expect(summary.total).toBe(cases.length)
  expect(summary.open).toBe(cases.filter(({ status }) => open.has(status)).length)
  expect(summary.overdue).toBe(cases.filter(isOverdue).length)
  expect(new Map(summary.byType.map((row) => [row.type, row.count]))).toEqual(count(cases, ({ type }) => type))
  expect(new Map(summary.byChannel.map((row) => [row.channel, row.count]))).toEqual(
    count(cases, ({ channel }) => channel),
  )
  expect(new Map(summary.byStatus.map((row) => [row.status, row.count]))).toEqual(count(cases, ({ status }) => status))
  expect(new Map(summary.byRisk.map((row) => [row.risk, row.count]))).toEqual(count(cases, ({ risk }) => risk))
  const months = count(cases, (one) => atHome(one).slice(0, 7))
  expect(new Map(summary.byMonth.filter((row) => row.count > 0).map((row) => [row.month, row.count]))).toEqual(months)
  const hours = count(cases, (one) => atHome(one).slice(11, 13))
  expect(summary.byHour).toEqual(Array.from({ length: 24 }, (_, hour) => hours.get(String(hour).padStart(2, '0')) ?? 0))
})

test('months have no gap', async () => {
  const { byMonth } = await served.getJson<IncidentSummary>(`/summary?type=${incidentTypes[0]}`)
  expect(byMonth.map(({ month }) => month)).toEqual(
    ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02'].slice(0, byMonth.length),
  )
})

test('areas are those one level below, and their counts are the summaries of each', async () => {
  for (const [area, below] of [
    ['', [street]],
    [`?area=${street}`, communities],
    [`?area=${communities[0]}`, grids.slice(0, 2)],
    [`?area=${grids[0]}`, []],
  ] as const) {
    const { byArea } = await served.getJson<IncidentSummary>(`/summary${area}`)
    expect(byArea.map(({ code }) => code)).toEqual(below)
    for (const row of byArea) {
      const own = await served.getJson<IncidentSummary>(`/summary?area=${row.code}`)
      expect(row).toMatchObject({
        total: own.total,
        open: own.open,
        overdue: own.overdue,
        name: expect.stringMatching(/^区域/) as string,
      })
    }
  }
})

test('nothing found is zeros, not an error', async () => {
  const summary = await served.getJson<IncidentSummary>('/summary?area=97')
  expect(summary).toMatchObject({ total: 0, open: 0, overdue: 0, byType: [], byMonth: [], byArea: [] })
  expect(summary.byHour).toEqual(Array.from({ length: 24 }, () => 0))
})

test('it says of when: the newest step, or else the last write', async () => {
  const before = await served.getJson<IncidentSummary>('/summary')
  const [row] = await served.database<
    [{ changedAt: string }]
  >`select changed_at from collection_version where collection = 'incidents'`
  expect(before.asOf).toBe(row.changedAt)
  await served.database`update log_head set position = 2 where street_code = ${street}`
  for (const position of [1, 2]) {
    await served.database`
      insert into incident_step (street_code, number, sequence, position, to_status, at)
      values (${street}, 'S1', ${position}, ${position}, '10', ${`2026-03-0${position}T00:00:00Z`})`
  }
  await changed(served.database, 'incidents')
  expect((await served.getJson<IncidentSummary>('/summary')).asOf).toBe('2026-03-02T00:00:00.000Z')
})
