import { get } from 'node:http'
import type { FeatureCollection } from 'geojson'
import type { Problem } from '@minqing/data/domain/problem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { changed, insertAreas, insertFacility, street } from './world.ts'

type Page = FeatureCollection & {
  numberMatched: number
  numberReturned: number
  links: { rel: string; href: string }[]
}

const facilities = 450
let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  await insertAreas(served.database)
  for (let index = 0; index < facilities; index++)
    await insertFacility(served.database, `F${String(index).padStart(3, '0')}`)
  await changed(served.database, 'facilities')
})
afterAll(() => served.close())

/** Holds up everybody who reads facilities until `work` has ended. */
async function whileHeldUp(work: () => Promise<void>): Promise<void> {
  await served.database.begin(async (transaction) => {
    await transaction`lock table facility in access exclusive mode`
    await work()
  })
}

let asked = 0
/** Pages that no cache has. */
const unlike = () => `datetime=${new Date(Date.UTC(2000, 0, 1) + (asked += 1000)).toISOString()}/..`
const pageOf = (query: string) => `/collections/facilities/items?${query}&${unlike()}`

async function ask(path: string): Promise<{ status: number; code: string | undefined; retryAfter: number }> {
  const response = await served.get(path)
  const { code } = response.ok ? { code: undefined } : ((await response.json()) as Problem)
  if (response.ok) await response.arrayBuffer()
  return { status: response.status, code, retryAfter: Number(response.headers.get('retry-after')) }
}

const needed = [
  '/status',
  '/wall/counts?by=type&days=30',
  `/wall/areas?area=${street}`,
  '/collections/grids/items?limit=500',
]

test.each([
  ['large pages', () => pageOf('limit=10000')],
  ['filters', () => pageOf(`filter=${encodeURIComponent("name LIKE '%驿站%'")}`)],
])(
  'of many %s at once a few are worked on; the others are refused, and what screens need is answered',
  async (_what, path) => {
    let flood: Promise<Awaited<ReturnType<typeof ask>>[]> = Promise.resolve([])
    await whileHeldUp(async () => {
      flood = Promise.all(Array.from({ length: 30 }, () => ask(path())))
      // Refused while nothing at all is answered: it cannot be for an answer that they waited.
      const busy = await ask(path())
      expect(busy).toMatchObject({ status: 503, code: 'busy' })
      expect(busy.retryAfter).toBeGreaterThan(0)
      for (const each of needed) expect([each, (await ask(each)).status]).toEqual([each, 200])
    })
    const answers = await flood
    expect(answers.filter(({ code }) => code === 'busy').length).toBeGreaterThanOrEqual(22)
    for (const { status, retryAfter } of answers) expect(status === 200 || retryAfter > 0).toBe(true)
    expect((await ask(path())).status).toBe(200)
  },
)

test('a large page is given up when its client has gone, and the next is answered', async () => {
  await whileHeldUp(async () => {
    const leaving = Array.from({ length: 6 }, () => {
      const asking = get(`${served.api}${pageOf('limit=10000')}`)
      asking.on('error', () => {})
      return asking
    })
    // Two are worked on, the others wait for them.
    await expect.poll(heldUp).toBe(2)
    for (const asking of leaving) asking.destroy()
  })
  // As many as one client may have at once: none is still taken by those who left.
  const four = () => Promise.all(Array.from({ length: 4 }, () => ask(pageOf('limit=10000'))))
  await expect.poll(async () => (await four()).map(({ status }) => status)).toEqual([200, 200, 200, 200])
})

async function heldUp(): Promise<number> {
  const [{ count }] = await served.database<[{ count: number }]>`
    select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  return count
}

test('a page for a person has at most 200 rows, whatever is asked, and leads on', async () => {
  let rows = 0
  let next: string | undefined = `${served.api}${pageOf('limit=10000&f=html')}`
  const pages: number[] = []
  while (next !== undefined) {
    const text: string = await (await fetch(next)).text()
    const shown = text.match(/<tr>/g)?.length ?? 0
    pages.push(shown - 1)
    rows += shown - 1
    const link: string | undefined = /<a href="([^"]*[?&;]next=[^"]*)"/.exec(text)?.[1]
    next = link?.replaceAll('&amp;', '&')
  }
  expect(pages).toEqual([200, 200, 50])
  expect(rows).toBe(facilities)
})

test('a page of several slices is whole', async () => {
  const page = await served.getJson<Page>(pageOf('limit=440'))
  expect(page.numberReturned).toBe(440)
  expect(new Set(page.features.map(({ id }) => id)).size).toBe(440)
  const { features } = await served.getJson<Page>(
    page.links.find(({ rel }) => rel === 'next')!.href.slice(served.api.length),
  )
  expect(features).toHaveLength(10)
})

test('a shape with many corners over many points is refused with what to do; over fewer it is answered', async () => {
  await served.database.begin(async (transaction) => {
    // However busy the machine is.
    await transaction`set local statement_timeout = 0`
    await transaction`
      insert into facility (street_code, id, kind, name, position, source)
      select ${street}, 'P' || i, 'hydrant', 'P' || i, point(11 + i / 1e5, 30.5), 'test' from generate_series(1, 61000) i`
  })
  const circle = (count: number) => {
    const corners = Array.from({ length: count }, (_, index) => {
      const angle = (2 * Math.PI * index) / count
      return `${(11.3 + Math.cos(angle)).toFixed(2)} ${(30.5 + Math.sin(angle)).toFixed(2)}`
    })
    return `S_INTERSECTS(geometry,POLYGON((${[...corners, corners[0]].join()})))`
  }
  const asking = (filter: string, more: string) => pageOf(`limit=1&filter=${encodeURIComponent(filter)}${more}`)
  const filter = (more: string) => asking(circle(500), more)
  const response = await served.get(filter(''))
  const problem = (await response.json()) as Problem
  expect([response.status, problem.parameter]).toEqual([400, 'filter'])
  expect(problem.detail).toContain('超过 60000 个要素')
  // The other parameters are looked at first; the address is too long for a header, and stands in the body alone.
  const page = await served.getJson<Page>(filter('&bbox=11.099995,30,11.200005,31'))
  expect(page.numberMatched).toBe(10_001)
  // Each of two shapes has corners for 83,333 points, and both together for 41,666.
  const half = await served.get(asking(`${circle(360)} AND ${circle(359)}`, '&bbox=10,30,12,31'))
  expect([half.status, ((await half.json()) as Problem).parameter]).toEqual([400, 'filter'])
  await served.database`delete from facility where id like 'P%'`
})
