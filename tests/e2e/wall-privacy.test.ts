import { VectorTile } from '@mapbox/vector-tile'
import { tableFromIPC } from '@uwdata/flechette'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { mapIdle } from './drivers/map-page.ts'
import { type RecordedResponse, type RecordingProxy, recordResponses } from './world/recording-proxy.ts'
import { useScreens } from './world/screens.ts'
import type { Product } from '../setup/start-product.ts'
import { ask, startSite, testTime } from './world/site.ts'

type Properties = Record<string, unknown>
type Features = {
  features: { geometry: { type: string; coordinates: unknown } | null; properties: Properties }[]
  links: { rel: string; href: string }[]
}
type Person = { role: string; name: string; workPhone: string; areaCode: string }

/** What a database holds of persons and exact places. */
type Personal = { texts: Set<string>; positions: Set<string>; workers: Person[] }

let proxy: RecordingProxy
let address: string
/** Started by its test, and running until the screens are closed. */
let withoutContacts: Product | undefined
const open = useScreens(() => address)

beforeAll(async () => {
  proxy = await recordResponses(inject('site'))
  address = proxy.address
})
afterAll(async () => {
  await proxy.close()
  await withoutContacts?.stop()
})

async function everything(site: string, collection: string): Promise<Features['features']> {
  const features: Features['features'] = []
  let path: string | undefined = `/api/collections/${collection}/items?limit=10000`
  while (path !== undefined) {
    const page: Features = await ask<Features>(site, path)
    features.push(...page.features)
    const next = page.links.find(({ rel }) => rel === 'next')
    path = next === undefined ? undefined : new URL(next.href).pathname + new URL(next.href).search
  }
  return features
}

/** Degrees as integers of 1e-7. */
function positionKey(lon: number, lat: number): string {
  return `${Math.round(lon * 1e7)},${Math.round(lat * 1e7)}`
}

/** Every name, phone, incident number, address, text and exact position, as an ordinary reader sees them. */
async function personalData(site: string): Promise<Personal> {
  const texts = new Set<string>()
  const positions = new Set<string>()
  const add = (value: unknown, shortest = 2) => {
    if (typeof value === 'string' && value.length >= shortest) texts.add(value)
  }
  const [incidents, facilities, buildings, communities] = await Promise.all(
    ['incidents', 'facilities', 'buildings', 'communities'].map((collection) => everything(site, collection)),
  )
  for (const { geometry, properties } of [...incidents!, ...facilities!, ...buildings!]) {
    add(properties['number'])
    add(properties['phone'])
    add(properties['address'], 4)
    add(properties['title'], 8)
    add(properties['text'], 6)
    if (geometry?.type === 'Point') positions.add(positionKey(...(geometry.coordinates as [number, number])))
  }
  const profiles = await Promise.all(
    [...communities!.map(({ properties }) => String(properties['code'])), '990101001'].map((code) =>
      ask<{ staff: Person[] }>(site, `/api/areas/${code}`),
    ),
  )
  // The street's profile names those of its communities once more.
  const staff = new Map(
    profiles.flatMap(({ staff: people }) => people.map((one) => [`${one.name} ${one.workPhone}`, one])),
  )
  for (const { name, workPhone } of staff.values()) {
    add(name)
    add(workPhone)
  }
  return { texts, positions, workers: [...staff.values()].filter(({ role }) => role === 'grid_worker') }
}

/** Everything in a response that can be read: its text, and the pairs of numbers that may be positions. */
function contents({ path, type, body }: RecordedResponse): { text: string; pairs: Set<string> } {
  if (body.length === 0) return { text: '', pairs: new Set() }
  if (type.includes('vector-tile')) {
    const tile = new VectorTile(new PbfReader(body))
    const properties = Object.values(tile.layers).flatMap((layer) =>
      Array.from({ length: layer.length }, (_, index) => layer.feature(index).properties),
    )
    return { text: JSON.stringify(properties), pairs: new Set() }
  }
  if (type.includes('arrow')) {
    const columns = tableFromIPC(body).toColumns() as Record<string, ArrayLike<unknown>>
    const value = Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, Array.from(column, asJson)]),
    )
    return { text: JSON.stringify(value), pairs: pairsIn(value) }
  }
  const text = body.toString('utf8')
  return { text, pairs: type.includes('json') && path.startsWith('/api') ? pairsIn(JSON.parse(text)) : new Set() }
}

function asJson(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}

/** Positions in a document: [lon, lat], `{ lon, lat }`, and columns `x` and `y` of degrees × 1e7. */
function pairsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  const { x, y, lon, lat } = value as Record<string, unknown>
  if (Array.isArray(x) && Array.isArray(y)) for (const [index, one] of x.entries()) found.add(`${one},${y[index]}`)
  if (typeof lon === 'number' && typeof lat === 'number') found.add(positionKey(lon, lat))
  if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number')
    found.add(positionKey(value[0], value[1]))
  for (const inside of Object.values(value)) pairsIn(inside, found)
  return found
}

/** What of `personal` is in the responses of the API, with the path of the first that has it. */
function leaks(responses: readonly RecordedResponse[], { texts, positions }: Personal): string[] {
  const found = new Map<string, string>()
  for (const response of responses.filter(({ path }) => path.startsWith('/api'))) {
    const { text, pairs } = contents(response)
    for (const one of texts) if (!found.has(one) && text.includes(one)) found.set(one, response.path)
    for (const one of positions) if (!found.has(one) && pairs.has(one)) found.set(one, response.path)
  }
  return [...found].map(([what, path]) => `${what} in ${path}`)
}

/** Stops of the tour by hand, each until the map is idle; then a touch on the map. Returns how many communities. */
async function watchTour(limit = Infinity): Promise<number> {
  const { page } = await open({ path: '/wall?tour=off', width: 960, height: 540, touch: true })
  await page.getByRole('heading', { level: 1 }).waitFor()
  const all = Number((await page.getByRole('navigation').locator('p span').first().innerText()).split('/')[1])
  const stops = Math.min(all, limit)
  for (let stop = 0; stop < stops; stop++) {
    await mapIdle(page)
    await page.keyboard.press('ArrowRight')
  }
  await page.touchscreen.tap(480, 270)
  await mapIdle(page)
  return stops - 1
}

it('a session at the wall receives no name, number, address or exact position, except of the workers on duty', async () => {
  const site = inject('site')
  const personal = await personalData(site)
  expect(personal.texts.size).toBeGreaterThan(10_000)
  expect(personal.positions.size).toBeGreaterThan(1_000)
  expect(personal.workers.length).toBeGreaterThan(50)
  const communities = await watchTour()
  // The picture is asked for again every 15 seconds: one more than the first.
  await expect
    .poll(() => proxy.responses.filter(({ path }) => path === '/api/wall').length, { timeout: 180_000 })
    .toBeGreaterThan(1)
  const paths = new Set(
    proxy.responses.map(({ path }) => path.replace(/\?.*/, '').replace(/\/\d+\/\d+\/\d+(\.mvt)?$/, '')),
  )
  const own = ['', '/areas', '/base', '/buildings', '/cells', '/contacts', '/counts', '/hot-spots', '/versions']
  expect([...paths].filter((path) => path.startsWith('/api')).toSorted()).toEqual(own.map((name) => `/api/wall${name}`))
  const contacts = proxy.responses.filter(({ path }) => path.startsWith('/api/wall/contacts'))
  expect(contacts).toHaveLength(communities)
  const others = proxy.responses.filter((response) => !contacts.includes(response))
  expect(leaks(others, personal)).toEqual([])
  // What is granted is the workers of the grids, and nothing else.
  const shown = contacts.flatMap(({ body }) => JSON.parse(body.toString('utf8')) as Record<string, string>[])
  expect(shown.toSorted((a, b) => (a['gridCode']! < b['gridCode']! ? -1 : 1))).toEqual(
    personal.workers
      .map(({ areaCode, name, workPhone }) => ({ gridCode: areaCode, name, phone: workPhone }))
      .toSorted((a, b) => (a.gridCode < b.gridCode ? -1 : 1)),
  )
})

it('with WALL_CONTACTS=off it receives no worker on duty either', { timeout: 600_000 }, async () => {
  await proxy.close()
  withoutContacts = await startSite(testTime, { WALL_CONTACTS: 'off' })
  const site = withoutContacts.address
  proxy = await recordResponses(site)
  address = proxy.address
  const personal = await personalData(site)
  // Any community would ask for its contacts.
  await watchTour(4)
  expect(proxy.responses.filter(({ path }) => path.startsWith('/api/wall/contacts'))).toEqual([])
  expect(leaks(proxy.responses, personal)).toEqual([])
  expect((await fetch(new URL('/api/wall/contacts?area=990101001001', site))).status).toBe(404)
})
