import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FeatureCollection } from 'geojson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { maxLimit } from '../../server/features/items-query.ts'
import { keepWriting } from '../setup/keep-writing.ts'
import { type ServedApi, serveApi } from './serve-api.ts'
import { changed, grids, insertAreas, insertBuilding, insertFacility, street } from './world.ts'

const version = spawnSync('ogrinfo', ['--version'], { encoding: 'utf8' })
const installed = version.status === 0
const collections = ['streets', 'communities', 'grids', 'buildings', 'incidents', 'facilities']

/** GDAL asks the server of this very process: it must not be waited for synchronously. */
function run(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { timeout: 60_000 })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${program}: ${output}`))))
  })
}

describe.skipIf(!installed)(`GDAL as a client${installed ? '' : ' (gdal-bin is not installed)'}`, () => {
  let served: ServedApi
  let directory: string
  // More than the largest page that the server gives.
  const incidents = maxLimit + 234
  beforeAll(async () => {
    served = await serveApi()
    directory = mkdtempSync(join(tmpdir(), 'minqing-gdal-'))
    const { database } = served
    await insertAreas(database)
    await insertFacility(database, 'F1')
    for (let index = 1; index <= 5; index++) await insertBuilding(database, index)
    await database`
      insert into incident (street_code, number, community_code, grid_code, type, channel, title, position, happened_at, reported_at, source)
      select ${street}, 'G' || lpad(n::text, 6, '0'), ${grids[0]!.slice(0, 12)}, ${grids[0]!}, 'D02', 'walk_in', '漏水 ' || n,
        point(114 + n / 1e7, 30.005), now(), now(), 'test'
      from generate_series(1, ${incidents}::int) n`
    await changed(database, 'buildings', 'facilities', 'incidents')
  }, 60_000)
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true })
    await served.close()
  })

  test('ogrinfo lists every collection', async () => {
    expect(incidents).toBeGreaterThan(maxLimit)
    const listed = await run('ogrinfo', ['-ro', `OAPIF:${served.api}`])
    for (const collection of collections) expect(listed).toContain(`: ${collection} `)
  })

  test.each(collections)(
    'ogr2ogr copies %s whole',
    async (collection) => {
      const file = join(directory, `${collection}.geojson`)
      await run('ogr2ogr', ['-f', 'GeoJSON', file, `OAPIF:${served.api}`, collection])
      const copied = JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection
      const page = await served.getJson<FeatureCollection & { numberMatched: number }>(
        `/collections/${collection}/items`,
      )
      expect(copied.features).toHaveLength(page.numberMatched)
      expect(copied.features[0]?.geometry).toEqual(page.features[0]?.geometry)
      expect(
        new Set(
          copied.features.map(({ properties }) => String(properties?.code ?? properties?.number ?? properties?.id)),
        ).size,
      ).toBe(page.numberMatched)
    },
    120_000,
  )

  test(
    'incidents that are added meanwhile hide none of those that were there, and none comes twice',
    { timeout: 120_000 },
    async () => {
      const writing = keepWriting(served.database, [{ code: street, place: [114.01, 30.005] }], 50)
      const file = join(directory, 'moving.csv')
      await run('ogr2ogr', ['-f', 'CSV', '-select', 'number', file, `OAPIF:${served.api}`, 'incidents'])
      const { numbers: added } = await writing.stop()
      const read = readFileSync(file, 'utf8').trim().split('\n').slice(1)
      const before = Array.from({ length: incidents }, (_, index) => `G${String(index + 1).padStart(6, '0')}`)
      expect(added.length).toBeGreaterThan(10)
      expect(new Set(read).size).toBe(read.length)
      expect(read.filter((number) => number.startsWith('G')).toSorted()).toEqual(before)
      expect(added).toEqual(expect.arrayContaining(read.filter((number) => !number.startsWith('G'))))
    },
  )
})
