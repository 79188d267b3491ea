/**
 * Reads every collection with GDAL, and with QGIS where it is installed, while 50 incidents a second are added: nothing
 * that was there is missing, nothing comes twice. Not part of the test command: it takes minutes.
 *
 * `node tests/moving-collection.ts [<collection> …] [ogr2ogr|QGIS]`: with `DATABASE_URL` in that database, as `minqing demo --scale city`
 * makes it, else in one of its own with 200,000 incidents. Ten million incidents take each reader about half an hour.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { countIncidents } from '../server/counts/count-incidents.ts'
import { connect } from '../server/store/connect.ts'
import { touch } from '../server/store/collection-versions.ts'
import { keepWriting, removeWritten, type WrittenStreet } from './setup/keep-writing.ts'
import { collectionTables, readByGdal, readByQgis } from './setup/read-collection.ts'
import { startEmbeddedCluster } from './setup/embedded-cluster.ts'
import { startProduct } from './setup/start-product.ts'

const asked = process.argv.slice(2)
const perSecond = 50
const ownStreets = Array.from({ length: 100 }, (_, index): WrittenStreet => {
  return { code: `960101${String(index + 1).padStart(3, '0')}`, place: [114.01, 30.005] }
})
const given = process.env['DATABASE_URL'] ?? ''

const say = (line: string) => process.stdout.write(`${line}\n`)
const own = given === '' ? await startEmbeddedCluster() : undefined
const url = own?.cluster.url ?? given
const product = await startProduct({ environment: { DATABASE_URL: url, SIGN_IN: 'off' } })
const api = `${product.address}/api`
const database = connect({ url, statementTimeout: 0 })
/** What is compared is compared in the database: it may be ten million rows. */
const comparing = await database.reserve()
const readers = { ogr2ogr: readByGdal, ...(qgisIsInstalled() ? { QGIS: readByQgis } : {}) }
const scratch = mkdtempSync(join(tmpdir(), 'minqing-moving-'))
let failures = 0

try {
  if (own !== undefined)
    await database.begin(async (transaction) => {
      const codes = ownStreets.map(({ code }) => code)
      await transaction`
        insert into incident (street_code, number, type, channel, title, position, happened_at, reported_at, source)
        select code, 'M' || lpad(n::text, 9, '0'), 'D02', 'walk_in', '漏水 ' || n, point(114 + n / 1e7, 30.005), now(),
          now(), 'moving'
        from unnest(${codes}::text[]) as s (code), generate_series(1, 2000) n`
      await countIncidents(
        transaction,
        transaction`select code as street_code, now() as reported_at from unnest(${codes}::text[]) as s (code)`,
      )
      await touch(transaction, ['incidents'])
    })
  const streets =
    own === undefined
      ? await database<WrittenStreet[]>`
          select code, array[center[0], center[1]] as place from area where level = 'street' order by code`
      : ownStreets
  const isAsked = (name: string, among: readonly string[]) =>
    asked.includes(name) || !asked.some((one) => among.includes(one))
  for (const [reader, read] of Object.entries(readers)) {
    if (!isAsked(reader, Object.keys(readers))) continue
    for (const collection of Object.keys(collectionTables) as (keyof typeof collectionTables)[])
      if (isAsked(collection, Object.keys(collectionTables))) await compare(collection, reader, read, streets)
  }
} finally {
  await removeWritten(database)
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
  streets: readonly WrittenStreet[],
): Promise<void> {
  const { from, id } = collectionTables[collection]
  await comparing.unsafe(`drop table if exists there, found; create temp table found (id text);
    create temp table there as select ${id} as id from ${from}`)
  const writing = keepWriting(database, streets, perSecond, `${collection}-${reader}-`)
  const began = performance.now()
  const lines = read({ api, collection, scratch })
  // Opened when the reader is done: a statement that is under way for an hour keeps the database from clearing away what
  // the writer leaves behind, which slows the writer down.
  let into: Writable | undefined
  let copied: unknown
  try {
    for await (const line of lines) {
      into ??= await comparing`copy found from stdin`.writable()
      if (!into.write(`${line}\n`)) await new Promise((resume) => into?.once('drain', resume))
    }
  } catch (error) {
    copied = error
  }
  const seconds = (performance.now() - began) / 1000
  await new Promise<void>((resolve, reject) =>
    into === undefined ? resolve() : into.on('finish', resolve).on('error', reject).end(),
  )
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
    `${collection} by ${reader}: ${row.found} of ${row.there} in ` +
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
