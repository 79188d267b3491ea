/**
 * Reads every collection with GDAL, and with QGIS where it is installed, while 50 incidents a second are added: nothing
 * that was there is missing, nothing comes twice. Not part of the test command: it takes minutes.
 *
 * `node tests/moving-collection.ts [<minutes>]`: with `DATABASE_URL` in that database, as `minqing demo --scale city`
 * makes it, else in one of its own with 200,000 incidents. Collections that cannot be read in the minutes (20 by default)
 * are read street by street, as many as fit.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../server/store/connect.ts'
import { touch } from '../server/store/touch.ts'
import { keepWriting } from './setup/keep-writing.ts'
import { type Box, collectionTables, readByGdal, readByQgis } from './setup/read-collection.ts'
import { startEmbeddedCluster } from './setup/start-embedded-cluster.ts'
import { startProduct } from './setup/start-product.ts'

const minutes = Number(process.argv[2] ?? 20)
const perSecond = 50
const writtenStreet = '960101009'
const given = process.env['DATABASE_URL'] ?? ''

const say = (line: string) => process.stdout.write(`${line}\n`)
const own = given === '' ? await startEmbeddedCluster() : undefined
const url = own?.cluster.url ?? given
const product = await startProduct({ environment: { DATABASE_URL: url } })
const api = `${product.address}/api`
const database = connect({ url, statementTimeout: 0 })
/** What is compared is compared in the database: it may be ten million rows. */
const comparing = await database.reserve()
const readers = { ogr2ogr: readByGdal, ...(qgisIsInstalled() ? { QGIS: readByQgis } : {}) }
const deadline = performance.now() + minutes * 60_000
const scratch = mkdtempSync(join(tmpdir(), 'minqing-moving-'))
let failures = 0

try {
  if (own !== undefined) {
    await database`
      insert into incident (street_code, number, type, channel, title, position, happened_at, reported_at, source)
      select ${writtenStreet}, 'M' || lpad(n::text, 9, '0'), 'D02', 'walk_in', '漏水 ' || n,
        point(114 + n / 1e7, 30.005), now(), now(), 'moving'
      from generate_series(1, 200000) n`
    await database.begin((transaction) => touch(transaction, ['incidents']))
  }
  const streets = await database<{ code: string; box: Box }[]>`
    select code, array[(extent[1])[0], (extent[1])[1], (extent[0])[0], (extent[0])[1]] as box
    from area where level = 'street' order by code`
  const [table] = await database<{ count: number }[]>`
    select reltuples::bigint as count from pg_class where oid = 'incident'::regclass`
  for (const [reader, read] of Object.entries(readers)) {
    for (const collection of Object.keys(collectionTables) as (keyof typeof collectionTables)[]) {
      if (collection !== 'incidents' || (table?.count ?? 0) < 1_000_000) {
        await compare(collection, reader, read)
        continue
      }
      // Half of what is left for each reader that is still to come, all of it for the last.
      const readersLeft = reader === Object.keys(readers).at(-1) ? 1 : 2
      const until = performance.now() + (deadline - performance.now()) / readersLeft
      for (const street of streets) {
        if (performance.now() > until) break
        await compare(collection, reader, read, street)
      }
    }
  }
} finally {
  await database`delete from incident where street_code = ${writtenStreet} and source = 'test'`
  comparing.release()
  await database.end({ timeout: 1 })
  await product.stop()
  await own?.stop()
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = failures === 0 ? 0 : 1

/** What was there before the reading began is read, once; what else is read was added meanwhile. */
async function compare(
  collection: keyof typeof collectionTables,
  reader: string,
  read: typeof readByGdal,
  street?: { code: string; box: Box },
): Promise<void> {
  const { from, id } = collectionTables[collection]
  const [west, south, east, north] = street?.box ?? [0, 0, 0, 0]
  const inBox = `position <@ box '((${west},${south}),(${east},${north}))'`
  const where = street === undefined ? 'true' : inBox
  await comparing.unsafe(`drop table if exists there, found; create temp table found (id text);
    create temp table there as select ${id} as id from ${from} and ${where}`)
  const place = street === undefined ? ([114.01, 30.005] as const) : ([(west + east) / 2, (south + north) / 2] as const)
  const series = `${collection}-${reader}-${street?.code ?? ''}-`
  const writing = keepWriting(database, writtenStreet, perSecond, series, place)
  const began = performance.now()
  const lines = read({ api, collection, scratch, ...(street === undefined ? {} : { box: street.box }) })
  const into = await comparing`copy found from stdin`.writable()
  let copied: unknown
  try {
    for await (const line of lines)
      if (!into.write(`${line}\n`)) await new Promise((resume) => into.once('drain', resume))
  } catch (error) {
    copied = error
  }
  const seconds = (performance.now() - began) / 1000
  await new Promise<void>((resolve, reject) => into.on('finish', resolve).on('error', reject).end())
  const { numbers, perSecond: pace } = await writing.stop()
  if (copied !== undefined) throw copied
  const [row] = await comparing.unsafe<Record<'there' | 'found' | 'missing' | 'doubles' | 'invented', number>[]>(`
    select (select count(*) from there) as there, (select count(*) from found) as found,
      (select count(*) from (select id from there except select id from found) m) as missing,
      (select count(*) - count(distinct id) from found) as doubles,
      (select count(*) from (select id from found except select ${id} from ${from}) i) as invented`)
  if (row === undefined) return
  if (row.missing + row.doubles + row.invented > 0) failures += 1
  say(
    `${collection}${street === undefined ? '' : ` of ${street.code}`} by ${reader}: ${row.found} of ${row.there} in ` +
      `${seconds.toFixed(1)} s, ${row.missing} missing, ${row.doubles} double, ${row.invented} invented; ` +
      `${numbers.length} were added, ${pace.toFixed(0)} a second`,
  )
}

function qgisIsInstalled(): boolean {
  const found =
    spawnSync('/usr/bin/python3', ['-c', 'import qgis.core'], { stdio: 'ignore', timeout: 60_000 }).status === 0
  if (!found) say('QGIS is not installed (apt-get install python3-qgis qgis-providers): GDAL alone reads')
  return found
}
