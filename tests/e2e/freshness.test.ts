import { setTimeout as delay } from 'node:timers/promises'
import type { DataStatus } from '@minqing/data/domain/data-status'
import type { ImportSession } from '@minqing/data/domain/import'
import { describe, expect, inject, it } from 'vitest'
import { mapIdle } from './drivers/map-page.ts'
import type { Page } from './drivers/screen.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()

/** Imports a GeoJSON file as the import screen does. Returns the number under which the import can be undone. */
async function importFile(name: string, choices: ImportSession['choices'], features: object[]): Promise<number> {
  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(`${site}/api/imports${path}`, init)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as ImportSession
  }
  const { id } = await send('', {
    method: 'POST',
    headers: { 'content-disposition': `attachment; filename="${name}"` },
    body: JSON.stringify({ type: 'FeatureCollection', features }),
  })
  const headers = { 'content-type': 'application/json' }
  await send(`/${id}/choices`, { method: 'PUT', headers, body: JSON.stringify(choices) })
  let session = await send(`/${id}/run`, { method: 'POST' })
  while (session.state === 'running') {
    await delay(50)
    session = await ask<ImportSession>(site, `/api/imports/${id}`)
  }
  if (session.report?.batch === null || session.report?.batch === undefined) throw new Error(JSON.stringify(session))
  return session.report.batch
}

async function undo(batch: number): Promise<void> {
  const response = await fetch(`${site}/api/imports/${batch}/undo`, { method: 'POST' })
  if (!response.ok) throw new Error(`undo: ${response.status} ${await response.text()}`)
}

/** A grid and a road in the south-western corner of the demo street. */
async function corner(name: string): Promise<{ grid: object; road: object }> {
  const { streets } = await ask<DataStatus>(site, '/api/status')
  const { code, bbox } = streets.find(({ demo }) => demo)!
  const [west, south, east, north] = [bbox[0] - 0.002, bbox[1] - 0.002, bbox[0] - 0.001, bbox[1] - 0.001]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return {
    grid: {
      type: 'Feature',
      properties: { code: `${code}001999`, level: 'grid', name },
      geometry: { type: 'Polygon', coordinates: [ring] },
    },
    road: {
      type: 'Feature',
      properties: { highway: 'primary', name: `${name}路` },
      geometry: {
        type: 'LineString',
        coordinates: [
          [west, south],
          [bbox[2], bbox[3]],
        ],
      },
    },
  }
}

/** What the page has received since: the last body of each address, and how many vector tiles of the base map. */
function watch(page: Page): { bodies: Map<string, string>; tiles: number } {
  const seen = { bodies: new Map<string, string>(), tiles: 0 }
  page.on('response', (response) => {
    if (/\/api\/(tiles|wall\/(base|buildings))\//.test(response.url())) seen.tiles += 1
    else if (/json/.test(response.headers()['content-type'] ?? '') && response.url().includes('/api/'))
      // The body of an answer that was cancelled meanwhile cannot be had.
      void response.text().then(
        (text) => seen.bodies.set(response.url(), text),
        () => {},
      )
  })
  return seen
}

/** Milliseconds, more than pages wait between two looks at the versions of the data. */
const interval = 31_000

describe.each(['/wall?tour=off&area=990101001', '/?area=990101001'])(
  '%s, open while data are imported and undone elsewhere',
  (path) => {
    it('gets the areas and tiles of now without a reload', async () => {
      const { page } = await open({ path, width: 960, height: 540, clock: true })
      await mapIdle(page)
      const name = `新网格${path.length}`
      const { grid, road } = await corner(name)

      const afterImport = watch(page)
      // The base map of the demo is left alone: the road comes with a street of its own.
      const batches = [
        await importFile('base.geojson', { collection: 'base', street: '990199001=后来街道' }, [road]),
        await importFile('grid.geojson', { collection: 'grids' }, [grid]),
      ]
      await page.clock.fastForward(interval)
      await expect.poll(() => [...afterImport.bodies.values()].some((body) => body.includes(name))).toBe(true)
      await expect.poll(() => afterImport.tiles).toBeGreaterThan(0)
      await mapIdle(page)

      const afterUndo = watch(page)
      for (const batch of batches.toReversed()) await undo(batch)
      await page.clock.fastForward(interval)
      await expect.poll(() => afterUndo.tiles).toBeGreaterThan(0)
      // What was asked for before the undo may arrive after it: the last answer at each address counts.
      const grids = () => [...afterUndo.bodies.values()].filter((body) => /"level":"grid"/.test(body))
      await expect.poll(() => grids().length > 0 && !grids().some((body) => body.includes(name))).toBe(true)
    })
  },
)

it('search on the map page finds what was imported after the same words found nothing', async () => {
  const { page } = await open({ path: '/?density=off&layers=none', clock: true })
  const box = page.getByRole('combobox')
  await box.fill('后来网格')
  await page.getByText('没有找到').first().waitFor()
  const { grid } = await corner('后来网格')
  const batch = await importFile('later.geojson', { collection: 'grids' }, [grid])
  await page.clock.fastForward(interval)
  const found = page.getByRole('option', { name: /后来网格/ })
  await found.waitFor()
  await undo(batch)
  await page.clock.fastForward(interval)
  await page.getByText('没有找到').first().waitFor()
  expect(await found.count()).toBe(0)
})
