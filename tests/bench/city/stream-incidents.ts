import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { listedIncidents } from '../../../server/counts/incident-conditions.ts'
import { incidentFeatures } from '../../../server/incidents/incident-features.ts'
import type { Database } from '../../../server/store/connect.ts'
import { openScope, readAs } from '../../../server/store/scope.ts'
import { median, type Figure } from '../figure.ts'

const wanted = 100_000
const rounds = 5
const to = '2026-10-20T00:00:00+08:00'

/**
 * The newest 100,000 incidents of whole days before a day, exported as GeoJSON over HTTP to the last byte, against the
 * same query read to its last row in this process and thrown away.
 */
export async function measureStreaming(address: string, database: Database): Promise<Figure[]> {
  const filter = await windowOf(database)
  const url = `${address}/api/exports/incidents.geojson?datetime=${encodeURIComponent(`${filter.from}/${filter.to}`)}`
  const pairs = []
  for (let round = 0; round <= rounds; round++) {
    // In turns.
    const raw = await readRows(database, filter)
    const streamed = await readStream(url)
    // The first round warms both.
    if (round > 0) pairs.push({ raw, streamed })
  }
  const [{ raw, streamed }] = pairs as [(typeof pairs)[number]]
  const measured = {
    rows: raw.rows,
    megabytes: Math.round(streamed.bytes / 1e6),
    'query, ms': Math.round(median(pairs.map((one) => one.raw.time))),
    'export, ms': Math.round(median(pairs.map((one) => one.streamed.time))),
    'first byte, ms': Math.round(median(pairs.map((one) => one.streamed.first))),
  }
  return [
    {
      claim: {
        zh: '流式导出 10 万件（GeoJSON）：与只执行同一查询的用时之比',
        en: 'streaming 100,000 incidents as GeoJSON: time against the raw query',
      },
      value: median(pairs.map((one) => one.streamed.time / one.raw.time)),
      unit: ' ×',
      limit: { atMost: 2 },
      measured,
    },
    {
      claim: {
        zh: '其第一个字节：与该查询读完最后一行的用时之比',
        en: `its first byte: time against the raw query's last row`,
      },
      value: median(pairs.map((one) => one.streamed.first / one.raw.time)),
      unit: ' ×',
      limit: { atMost: 0.5 },
      measured,
    },
  ]
}

async function windowOf(database: Database): Promise<Required<Pick<IncidentFilter, 'from' | 'to'>>> {
  const [row] = await database<[{ from: string; count: number }]>`
    with newest as (
      select date_trunc('day', reported_at) as day, count(*) as count from incident
      where reported_at < ${to} and reported_at > ${to}::timestamptz - interval '400 days' group by 1
    ), summed as (select day, sum(count) over (order by day desc) as count from newest)
    select day as from, count::bigint from summed where count >= ${wanted} order by day desc limit 1`
  return { from: row.from, to: new Date(to).toISOString() }
}

async function readRows(database: Database, filter: IncidentFilter): Promise<{ rows: number; time: number }> {
  const began = performance.now()
  let rows = 0
  await readAs(
    database,
    openScope,
    async (transaction) => {
      const cursor = transaction`
        select ${incidentFeatures.columns(transaction)} from incident
        where ${listedIncidents(transaction, filter)} order by street_code, number`.cursor(500)
      for await (const fetched of cursor) rows += fetched.length
    },
    Infinity,
  )
  return { rows, time: performance.now() - began }
}

async function readStream(url: string): Promise<{ bytes: number; first: number; time: number }> {
  const began = performance.now()
  const response = await fetch(url)
  if (!response.ok || response.body === null) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  let bytes = 0
  let first = 0
  for await (const chunk of response.body) {
    if (bytes === 0) first = performance.now() - began
    bytes += chunk.length
  }
  return { bytes, first, time: performance.now() - began }
}
