import {
  type FacetCode,
  type FacetName,
  facetNames,
  mapFacets,
  noFacetCodes,
} from '@minqing/data/domain/incident-facets'
import {
  incidentStatuses,
  isCounted,
  isOpen,
  isOverdue,
  type IncidentStatus,
} from '@minqing/data/domain/incident-status'
import { type IncidentSummary, summaryKey } from '@minqing/data/domain/summary'
import type { WallPicture } from '@minqing/data/domain/wall'
import { Random } from '@minqing/data/stats/random'
import { parse } from 'csv-parse/sync'
import type { FeatureCollection } from 'geojson'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeColumns } from '../../web/api/decode-columns.ts'
import { tally } from '../../web/view/crossfilter.ts'
import { countIncidents } from '../../server/counts/count-incidents.ts'
import { queryCounts } from '../../server/counts/query-counts.ts'
import { countRows } from '../../server/counts/count-rows.ts'
import { CellCache } from '../../server/counts/cell-cache.ts'
import { openScope, readAs } from '../../server/store/scope.ts'
import { now, type ServedApi, serveApi } from './serve-api.ts'
import { changed, communities, grids, insertAreas, insertIncident, street } from './world.ts'

/*
 * Every screen, export and collection counts the same incidents: whatever their statuses, drafts and void ones are never
 * among them, and open and overdue mean the same everywhere.
 */

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  await insertAreas(served.database)
  await changed(served.database, 'areas')
})
afterAll(() => served.close())

const day = 86_400_000
const random = new Random(20_261_126, 'counted incidents')

/** Around the wall's 30 days, and after now. */
const anyTime = () => new Date(now.getTime() - random.between(-2, 70) * day)

function anyIncident() {
  const reportedAt = anyTime()
  return {
    gridCode: random.pick([...grids, null]),
    ...(mapFacets((_, { codes }) => random.pick(codes)) as { [Name in FacetName]: FacetCode<Name> }),
    reportedAt: (reportedAt < now ? reportedAt : now).toISOString(),
    dueAt: random.chance(0.7) ? anyTime().toISOString() : null,
  }
}

type Case = { status: IncidentStatus; dueAt: string | null; communityCode: string | null }

/** What a list of rows counts to, computed from the domain's definition. */
function countedOf(cases: readonly Case[]) {
  const counted = cases.filter(({ status }) => isCounted(status))
  const due = ({ dueAt }: Case) => (dueAt === null ? null : Date.parse(dueAt))
  return {
    total: counted.length,
    open: counted.filter(({ status }) => isOpen(status)).length,
    overdue: counted.filter((one) => isOverdue(one.status, due(one), now.getTime())).length,
  }
}

async function items(query: string) {
  return served.getJson<FeatureCollection<null, Case> & { numberMatched: number }>(
    `/collections/incidents/items${query}`,
  )
}

async function agree(area: string): Promise<{ total: number; open: number; overdue: number }> {
  const { database } = served
  const rows = await database<Case[]>`
    select status, due_at, community_code from incident
    where starts_with(coalesce(grid_code, community_code, street_code), ${area})`
  const expected = countedOf(rows)
  const query = `?area=${area}`

  const summary = await served.getJson<IncidentSummary>(`/summary${query}`)
  expect({ total: summary.total, open: summary.open, overdue: summary.overdue }, 'summary').toEqual(expected)
  expect(summary.byStatus.map(({ status }) => status).filter((status) => !isCounted(status))).toEqual([])
  for (const name of facetNames) {
    const sum = summary[summaryKey(name)].reduce((all, { count }) => all + count, 0)
    expect(sum, `summary by ${name}`).toBe(expected.total)
  }

  const collection = await items(`${query}&limit=10000`)
  expect(collection.numberMatched, 'numberMatched').toBe(expected.total)
  expect(countedOf(collection.features.map(({ properties }) => properties)), 'items').toEqual(expected)

  const columns = decodeColumns(new Uint8Array(await (await served.get(`/incidents/columns${query}`)).arrayBuffer()))
  const view = { area, time: { from: null, to: null }, ...noFacetCodes() }
  const map = tally(columns, view, now.getTime() / 1000)
  expect({ total: map.total, open: map.open, overdue: map.overdue }, 'map').toEqual(expected)

  const csv = parse<{ number: string }>(await (await served.get(`/exports/incidents.csv${query}&lang=en`)).text(), {
    bom: true,
    columns: true,
    relax_column_count: true,
  })
  expect(
    csv.filter(({ number }) => !number.startsWith('#')),
    'CSV',
  ).toHaveLength(expected.total)
  const geojson = await served.getJson<FeatureCollection<null, Case>>(`/exports/incidents.geojson${query}`)
  expect(countedOf(geojson.features.map(({ properties }) => properties)), 'GeoJSON').toEqual(expected)

  const scope = openScope
  const [counts, [jointly]] = await readAs(database, scope, async (transaction) => [
    await queryCounts(transaction, { filter: { area }, now }, { scope, cells: new CellCache() }),
    await countRows(transaction, {
      filter: { area },
      now,
      by: [],
      measures: { total: {}, open: { only: 'open' }, overdue: { only: 'overdue' } },
    }),
  ])
  expect({ total: counts.total, open: counts.open, overdue: counts.overdue }, 'stored counts').toEqual(expected)
  expect(jointly, 'rows').toEqual(expected)
  return expected
}

test('map, summary, wall, exports and collections count the same incidents of every status', async () => {
  const { database } = served
  for (let run = 0; run < 15; run++) {
    await database.begin(async (transaction) => {
      await transaction`create temp table before on commit drop as select street_code, reported_at from incident`
      await transaction`delete from incident where street_code = ${street}`
      await countIncidents(transaction, transaction`select * from before`)
    })
    for (let index = random.whole(0, 39); index >= 0; index--)
      await insertIncident(database, { ...anyIncident(), number: `N${index}` })
    await changed(database, 'incidents')

    const whole = await agree(street)
    for (const area of [...communities, grids[0]!]) await agree(area)
    const areas = await served.getJson<FeatureCollection<null, { incidents: number; open: number; overdue: number }>>(
      `/exports/areas.geojson?area=${street}&level=grid`,
    )
    const placed = countedOf(
      await database<Case[]>`
          select status, due_at, community_code from incident where street_code = ${street} and grid_code is not null`,
    )
    const sum = (key: 'incidents' | 'open' | 'overdue') =>
      areas.features.reduce((all, { properties }) => all + properties[key], 0)
    expect({ total: sum('incidents'), open: sum('open'), overdue: sum('overdue') }, 'areas').toEqual(placed)

    const wall = await served.getJson<WallPicture>(`/wall?area=${street}`)
    expect([wall.open, wall.overdue], 'wall').toEqual([whole.open, whole.overdue])
    expect(wall.openByStage.reduce((all, { count }) => all + count, 0)).toBe(whole.open)
    const status = await served.getJson<{ streets: { code: string; incidents: number }[] }>('/status')
    expect(status.streets.find((one) => one.code === street)?.incidents, 'status').toBe(whole.total)
  }
}, 120_000)

test('drafts and void incidents are counted nowhere, and listed where their status is named', async () => {
  const { database } = served
  await insertIncident(database, { number: 'draft', status: '00' })
  await insertIncident(database, { number: 'void', status: '90' })
  await changed(database, 'incidents')
  const numbers = async (query: string) =>
    (await items(query)).features.map(({ id }) => id).filter((id) => /-(draft|void)$/.test(String(id)))
  expect(await numbers('?limit=10000')).toEqual([])
  expect(await numbers('?limit=10000&status=00')).toEqual([`${street}-draft`])
  expect(await numbers('?limit=10000&status=90')).toContain(`${street}-void`)
  const { total, byStatus } = await served.getJson<IncidentSummary>('/summary?status=00,90')
  expect([total, byStatus]).toEqual([0, []])
  expect(
    decodeColumns(new Uint8Array(await (await served.get('/incidents/columns?status=90')).arrayBuffer())).length,
  ).toBe(0)
})

test('the index of open incidents holds the statuses that are open', async () => {
  const [{ definition }] = await served.database<[{ definition: string }]>`
    select pg_get_indexdef('incident_open'::regclass) as definition`
  const statuses = [...definition.slice(definition.indexOf('WHERE')).matchAll(/'(\d\d)'/g)].map(([, status]) => status)
  expect(statuses).toEqual(incidentStatuses.filter(isOpen))
})
