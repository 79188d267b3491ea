import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FeatureCollection } from 'geojson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAccessToken } from '../../server/accounts/access-tokens.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { runProgram } from '../setup/run-program.ts'
import { administrator, MovedClock, serveSignedIn, type SignedInApp } from './signed-in-app.ts'
import { changed, communities, grids, insertAreas, insertIncident, street } from './world.ts'

const hasGdal = spawnSync('ogrinfo', ['--version']).status === 0
/** Debian's package is for the Python of the system. */
const python = '/usr/bin/python3'
const hasQgis = spawnSync(python, ['-c', 'import qgis.core']).status === 0

const clock = new MovedClock()
let held: TestDatabase
let app: SignedInApp
let directory: string
let token: string
/** The cases that the token may read, as the database has them. */
let own: { numbers: string[]; extent: number[] }

beforeAll(async () => {
  held = await createTestDatabase()
  const { database } = held
  await insertAreas(database)
  for (const [index, gridCode] of grids.entries())
    for (const part of [1, 2, 3])
      await insertIncident(database, {
        number: `N${index}-${part}`,
        gridCode,
        position: [114 + index / 1000 + part / 10_000, 30 + part / 10_000],
      })
  await changed(database, 'incidents')
  app = await serveSignedIn(held.url, database, clock)
  directory = mkdtempSync(join(tmpdir(), 'minqing-programs-'))
  const given = { name: 'QGIS', role: 'analyst', areas: [communities[0]!], expiresAt: new Date('2027-01-01') } as const
  token = (await addAccessToken(app.service.accounts.database, administrator, given, clock.now())).token
  const rows = await database<{ number: string; lon: number; lat: number }[]>`
    select number, position[0] as lon, position[1] as lat from incident
    where street_code = ${street} and community_code = ${communities[0]!} order by number`
  const [lons, lats] = [rows.map(({ lon }) => lon), rows.map(({ lat }) => lat)]
  own = {
    numbers: rows.map(({ number }) => number),
    extent: [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)],
  }
})
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await app.close()
  await held.close()
})

/** The server runs in this very process: the program must not be waited for synchronously. */
async function run(program: string, args: string[], environment: Record<string, string> = {}): Promise<string> {
  let output = ''
  const failure = await runProgram(program, args, {
    limit: 120_000,
    environment,
    output: (text) => (output += text),
  })
  if (failure !== undefined) throw new Error(`${program} ${failure}: ${output}`)
  return output
}

describe.skipIf(!hasGdal)(`GDAL with a token${hasGdal ? '' : ' (gdal-bin is not installed)'}`, () => {
  const copy = async (environment: Record<string, string>) => {
    const file = join(directory, 'copied.geojson')
    rmSync(file, { force: true })
    await run('ogr2ogr', ['-f', 'GeoJSON', file, `OAPIF:${app.api}`, 'incidents'], environment)
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection
    return features.map(({ properties }) => String(properties?.['number'])).toSorted()
  }

  test('in a file of headers, in a header and as the password of HTTP Basic, it reads the rows of its area', async () => {
    const headers = join(directory, 'headers.txt')
    writeFileSync(headers, `Authorization: Bearer ${token}\n`)
    for (const environment of [
      { GDAL_HTTP_HEADER_FILE: headers },
      { GDAL_HTTP_HEADERS: `Authorization: Bearer ${token}` },
      { GDAL_HTTP_AUTH: 'BASIC', GDAL_HTTP_USERPWD: `token:${token}` },
    ] as Record<string, string>[])
      expect(await copy(environment), Object.keys(environment).join()).toEqual(own.numbers)
  })

  test('without one, and with another, it reads nothing', async () => {
    await expect(copy({})).rejects.toThrow('401')
    await expect(copy({ GDAL_HTTP_HEADERS: 'Authorization: Bearer mq_another' })).rejects.toThrow('401')
  })
})

test('the token may read some of the cases, and not all', () => {
  expect(own.numbers.length).toBeGreaterThan(2)
  expect(own.numbers.length).toBeLessThan(grids.length * 3)
})

/** What QGIS sees of the layer: whether it opens, how many features it has, and where. */
const script = `
import json, os, sys
from qgis.core import QgsApplication, QgsDataSourceUri, QgsVectorLayer
QgsApplication.setPrefixPath('/usr', True)
application = QgsApplication([], False)
application.initQgis()
uri = QgsDataSourceUri()
uri.setParam('url', sys.argv[1])
uri.setParam('typename', 'incidents')
uri.setParam('restrictToRequestBBOX', '0')
if len(sys.argv) > 2:
    uri.setUsername('token')
    uri.setPassword(sys.argv[2])
layer = QgsVectorLayer(uri.uri(False), 'incidents', 'OAPIF')
found = {'valid': layer.isValid()}
if layer.isValid():
    features = list(layer.getFeatures())
    places = [feature.geometry().asPoint() for feature in features]
    found['numbers'] = sorted(feature['number'] for feature in features)
    found['extent'] = [min(p.x() for p in places), min(p.y() for p in places), max(p.x() for p in places), max(p.y() for p in places)]
print('FOUND ' + json.dumps(found), flush=True)
os._exit(0)
`

describe.skipIf(!hasQgis)(`QGIS with a token${hasQgis ? '' : ' (python3-qgis is not installed)'}`, () => {
  const look = async (...given: string[]) => {
    const file = join(directory, 'look.py')
    writeFileSync(file, script)
    const home = { HOME: directory, XDG_RUNTIME_DIR: directory, QT_QPA_PLATFORM: 'offscreen' }
    const said = await run(python, [file, app.api, ...given], home)
    const found = /^FOUND (.*)$/m.exec(said)?.[1]
    if (found === undefined) throw new Error(said)
    return JSON.parse(found) as { valid: boolean; numbers?: string[]; extent?: number[] }
  }

  test('as the password of HTTP Basic, it shows the features of its area and their extent, and nothing without', async () => {
    const { valid, numbers, extent } = await look(token)
    expect(valid).toBe(true)
    expect(numbers).toEqual(own.numbers)
    for (const [index, edge] of own.extent.entries()) expect(extent?.[index]).toBeCloseTo(edge, 9)
    expect(await look()).toEqual({ valid: false })
  })
})
