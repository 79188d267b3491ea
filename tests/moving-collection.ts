/**
 * Reads every collection whole with GDAL, and with QGIS where it is installed, while 50 incidents a second are added:
 * nothing that was there is missing, nothing comes twice. Not part of the test command: it takes minutes.
 *
 * `node tests/moving-collection.ts [<incidents>]`, 200,000 by default.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../server/store/connect.ts'
import { touch } from '../server/store/touch.ts'
import { keepWriting } from './setup/keep-writing.ts'
import { startEmbeddedCluster } from './setup/start-embedded-cluster.ts'
import { startProduct } from './setup/start-product.ts'

const incidents = Number(process.argv[2] ?? 200_000)
const perSecond = 50
const street = '960101009'
/** Debian's own, which alone knows Debian's packages. */
const python = '/usr/bin/python3'
const collections = {
  streets: 'code',
  communities: 'code',
  grids: 'code',
  buildings: 'code',
  facilities: 'id',
  incidents: 'number',
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const { cluster, stop } = await startEmbeddedCluster()
const product = await startProduct({ environment: { DATABASE_URL: cluster.url } })
const database = connect({ url: cluster.url, statementTimeout: 0 })
const scratch = mkdtempSync(join(tmpdir(), 'minqing-moving-'))
let failures = 0

try {
  await database`
    insert into incident (street_code, number, type, channel, title, position, happened_at, reported_at, source)
    select ${street}, 'M' || lpad(n::text, 9, '0'), 'D02', 'walk_in', '漏水 ' || n,
      point(114 + n / 1e7, 30.005), now(), now(), 'test'
    from generate_series(1, ${incidents}::int) n`
  await database.begin((transaction) => touch(transaction, ['incidents']))
  const api = `${product.address}/api`
  for (const [collection, key] of Object.entries(collections)) {
    const file = join(scratch, `${collection}.csv`)
    const columns = collection === 'incidents' || collection === 'facilities' ? `streetCode,${key}` : key
    await compare(collection, 'ogr2ogr', async () => {
      await run('ogr2ogr', ['-f', 'CSV', '-select', columns, file, `OAPIF:${api}`, collection])
      return readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.replaceAll('"', '').trim())
    })
    if (qgisIsInstalled()) await compare(collection, 'QGIS', () => readByQgis(api, collection, columns))
  }
} finally {
  await database.end({ timeout: 1 })
  await product.stop()
  await stop()
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = failures === 0 ? 0 : 1

/** What was there before the reading began is read, once; what else is read was added meanwhile. */
async function compare(collection: string, reader: string, read: () => Promise<string[]>): Promise<void> {
  const before = await idsIn(collection)
  const writing = keepWriting(database, street, perSecond, `${collection}-${reader}-`)
  const began = performance.now()
  const found = await read().catch(async (error: unknown) => {
    await writing.stop()
    throw error
  })
  const seconds = (performance.now() - began) / 1000
  const { numbers, perSecond: pace } = await writing.stop()
  const unique = new Set(found)
  const after = new Set(await idsIn(collection))
  const missing = before.filter((id) => !unique.has(id)).length
  const invented = found.filter((id) => !after.has(id)).length
  const doubles = found.length - unique.size
  if (missing + doubles + invented > 0) failures += 1
  say(
    `${collection} by ${reader}: ${found.length} of ${before.length} in ${seconds.toFixed(1)} s, ` +
      `${missing} missing, ${doubles} double, ${invented} invented; ${numbers.length} were added, ${pace.toFixed(0)} a second`,
  )
}

async function idsIn(collection: string): Promise<string[]> {
  const level = collection === 'communities' ? 'community' : collection.slice(0, -1)
  const rows = ['streets', 'communities', 'grids'].includes(collection)
    ? await database<{ id: string }[]>`select code as id from area where level = ${level}`
    : collection === 'buildings'
      ? await database<{ id: string }[]>`select code as id from building`
      : collection === 'facilities'
        ? await database<{ id: string }[]>`select street_code || ',' || id as id from facility`
        : await database<{ id: string }[]>`select street_code || ',' || number as id from incident`
  return rows.map(({ id }) => id)
}

/** The programs ask the server of this very machine: they must not be waited for synchronously. */
function run(program: string, args: string[], environment: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { timeout: 600_000, env: { ...process.env, ...environment } })
    let [output, problems] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${program}: ${output}${problems}`))))
  })
}

function qgisIsInstalled(): boolean {
  const found = spawnSync(python, ['-c', 'import qgis.core'], { stdio: 'ignore', timeout: 60_000 }).status === 0
  if (!found) say('QGIS is not installed (apt-get install python3-qgis qgis-providers): GDAL alone reads')
  return found
}

/** Headless, through the provider that "Add WFS / OGC API - Features layer" uses. */
async function readByQgis(api: string, collection: string, columns: string): Promise<string[]> {
  const program = `
import os, sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer("url='${api}' typename='${collection}' pageSize='1000'", '${collection}', 'OAPIF')
if not layer.isValid():
    sys.exit('QGIS refuses the layer: ' + layer.error().message())
for feature in layer.getFeatures():
    print(','.join(str(feature[name]) for name in '${columns}'.split(',')))
# Taking everything down in order is what it sometimes fails at.
sys.stdout.flush()
os._exit(0)
`
  const output = await run(python, ['-c', program], { QT_QPA_PLATFORM: 'offscreen', XDG_RUNTIME_DIR: scratch })
  return output
    .trim()
    .split('\n')
    .filter((line) => line !== '')
}
