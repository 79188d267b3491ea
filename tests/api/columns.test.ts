import { get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { noPosition } from '@minqing/data/domain/incident-columns'
import type { Incident } from '@minqing/data/domain/incident'
import { channels } from '@minqing/data/domain/channel'
import { incidentStatuses } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { positionSources } from '@minqing/data/domain/position-source'
import { risks } from '@minqing/data/domain/risk'
import { tableFromIPC } from '@uwdata/flechette'
import type { FeatureCollection, Point } from 'geojson'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readColumns } from '../../server/incidents/columns.ts'
import { type ServedApi, serveApi } from './serve-api.ts'
import { changed, communities, grids, insertAreas, insertIncident } from './world.ts'

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  await insertAreas(served.database)
  for (let index = 0; index < 60; index++) {
    const placed = index % 7 !== 0
    await insertIncident(served.database, {
      number: `案${index}`,
      gridCode: placed ? grids[index % 4]! : null,
      position: placed ? [114 + index / 1e7, 30 - index / 1e7] : null,
      type: incidentTypes[index % incidentTypes.length]!,
      channel: channels[index % channels.length]!,
      status: incidentStatuses[index % incidentStatuses.length]!,
      risk: risks[index % 4]!,
      reportedAt: new Date(Date.UTC(2026, 0, 60 - index, 1, 2, 3)).toISOString(),
      dueAt: index % 2 === 0 ? null : '2026-04-01T00:00:00Z',
    })
  }
  await changed(served.database, 'incidents')
})
afterAll(() => served.close())

async function columnsOf(query: string) {
  const response = await served.get(`/incidents/columns${query}`)
  expect(response.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream')
  return tableFromIPC(new Uint8Array(await response.arrayBuffer()))
}

test.each(['', `?area=${communities[0]}`, '?type=E01&risk=red,yellow', '?datetime=2026-01-20T00:00:00Z/..'])(
  'the columns of “%s” are the items, oldest report first',
  async (query) => {
    const table = await columnsOf(query)
    const page = await served.getJson<FeatureCollection<Point | null, Incident>>(
      `/collections/incidents/items${query === '' ? '?' : `${query}&`}limit=10000`,
    )
    const items = page.features.toSorted(
      (a, b) => Date.parse(a.properties.reportedAt) - Date.parse(b.properties.reportedAt),
    )
    expect(items.length).toBeGreaterThan(0)
    const rows = items.map(({ geometry, properties }) => ({
      x: geometry === null ? noPosition : Math.round(geometry.coordinates[0]! * 1e7),
      y: geometry === null ? noPosition : Math.round(geometry.coordinates[1]! * 1e7),
      reported: Date.parse(properties.reportedAt) / 1000,
      positionSource: positionSources.indexOf(properties.positionSource ?? 'measured'),
      due: properties.dueAt === null ? 0 : Date.parse(properties.dueAt) / 1000,
      type: incidentTypes.indexOf(properties.type),
      channel: channels.indexOf(properties.channel),
      status: incidentStatuses.indexOf(properties.status),
      risk: risks.indexOf(properties.risk),
      grid: properties.gridCode ?? '',
      street: properties.streetCode,
      number: properties.number,
    }))
    expect(table.toArray()).toEqual(rows)
  },
)

test('numbers are plain arrays of their width', async () => {
  const table = await columnsOf('')
  const kinds = Object.fromEntries(
    ['x', 'y', 'reported', 'due', 'type', 'risk'].map((name) => [
      name,
      table.getChild(name)?.toArray().constructor.name,
    ]),
  )
  expect(kinds).toEqual({
    x: 'Int32Array',
    y: 'Int32Array',
    reported: 'Uint32Array',
    due: 'Uint32Array',
    type: 'Uint8Array',
    risk: 'Uint8Array',
  })
})

test('nothing found is an empty table', async () => {
  const table = await columnsOf('?area=97')
  expect(table.numRows).toBe(0)
  expect(table.names).toContain('number')
})

test('of more incidents than a browser takes, none are read', async () => {
  const read = (most: number) =>
    served.database.begin((transaction) => readColumns(transaction, { area: communities[0]! }, { most }))
  const { number } = await read(60)
  expect(number.length).toBeGreaterThan(1)
  await expect(read(number.length)).resolves.toBeDefined()
  await expect(read(number.length - 1)).rejects.toMatchObject({ code: 'too_large' })
})

test('a client that does not read its columns holds three answers, and others are answered', async () => {
  const rows = 100_000
  await served.database.begin(async (transaction) => {
    // However busy the machine is.
    await transaction`set local statement_timeout = 0`
    await transaction`
      insert into incident (street_code, number, type, channel, risk, status, title, text, happened_at, reported_at, source)
      select ${grids[0]!.slice(0, 9)}, 'L' || lpad(i::text, 63, '0'), 'D02', 'grid_app', 'blue', '20', '', '',
        '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z', 'test' from generate_series(1, ${rows}::integer) i`
  })
  /** On a connection of its own, of which no more is read than the system does. */
  const open = (number: number): { answered: Promise<number | undefined>; leave: () => void } => {
    const answered = Promise.withResolvers<number | undefined>()
    const asking = get(`${served.api}/incidents/columns?datetime=2024-01-0${number}T00:00:00Z/..`, { agent: false })
    asking.on('response', ({ statusCode }) => answered.resolve(statusCode))
    asking.on('error', () => {})
    return { answered: answered.promise, leave: () => asking.destroy() }
  }
  const first = [open(1), open(2), open(3)]
  for (const { answered } of first) expect(await answered).toBe(200)
  const another = await fetch(`${served.api}/incidents/columns?type=E01`, {
    headers: { 'x-forwarded-for': '192.0.2.7' },
  })
  expect(another.status).toBe(200)
  await another.arrayBuffer()
  const fourth = open(4)
  expect(await Promise.race([fourth.answered, delay(1_000, 'waits')])).toBe('waits')
  first[0]?.leave()
  expect(await fourth.answered).toBe(200)
  for (const { leave } of [...first, fourth]) leave()
})
