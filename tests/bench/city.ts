/**
 * The claims about a whole city: `pnpm bench:city <city> <empty>`. The first is a PostgreSQL that holds the demo city
 * (`DATABASE_URL=<city> minqing demo --scale city`, half an hour), the second an empty database of the same server,
 * which is filled with the city and every tenth of its incidents and may be given again.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { countIncidents } from '../../server/counts/count-incidents.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { startProduct } from '../setup/start-product.ts'
import { measureBuildingTiles } from './city/building-tiles.ts'
import { measureManyGrids } from './city/many-grids.ts'
import { measureReaders } from './city/readers.ts'
import { measureStreaming } from './city/stream-incidents.ts'
import { measureSumsAndSearches } from './city/sums-and-searches.ts'
import { report } from './figure.ts'

/** Copied as they are. */
const tables = ['area', 'building', 'facility', 'base_feature']

const [cityUrl, tenthUrl] = process.argv.slice(2)
if (cityUrl === undefined || tenthUrl === undefined)
  throw new Error('pnpm bench:city <database of the city> <empty database on the same server>')

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

const scratch = mkdtempSync(join(tmpdir(), 'minqing-bench-'))
const [city, tenth] = [cityUrl, tenthUrl].map((url) => connect({ url, poolSize: 1, statementTimeout: 0 })) as [
  ReturnType<typeof connect>,
  ReturnType<typeof connect>,
]
try {
  await migrate(city)
  say('十分之一 · A tenth of it …')
  await fillWithTenth(tenth, city)
  // As the database's own housekeeping leaves them.
  await Promise.all([city, tenth].map((database) => database`vacuum analyze`))
  say('汇总与搜索 · Summaries and searches …')
  const sums = await measureSumsAndSearches(city, tenth)
  say('只看一部分的人 · Readers of a part …')
  const readers = await measureReaders(city)
  const product = await startProduct({ environment: { DATABASE_URL: cityUrl, SIGN_IN: 'off' } })
  try {
    say('流式导出 · Streaming …')
    const streamed = await measureStreaming(product.address, city)
    say('网格 · Grids …')
    const grids = await measureManyGrids(product.address)
    say('楼栋瓦片 · Building tiles …')
    const tiles = await measureBuildingTiles(product.address, city, scratch, say)
    report('city', [...streamed, ...sums, readers, grids, ...tiles])
  } finally {
    await product.stop()
  }
} finally {
  await Promise.all([city.end(), tenth.end()])
  rmSync(scratch, { recursive: true, force: true })
}

/** Fills an empty database with the city and every tenth of its incidents; one that is filled stays as it is. */
async function fillWithTenth(tenth: Database, city: Database): Promise<void> {
  await migrate(tenth)
  const [{ count }] = await tenth<[{ count: number }]>`select count(*) from incident`
  if (count > 0) return
  for (const table of tables) {
    // One table after the other.
    await copyTable(tenth, city, table, `select * from ${table}`)
  }
  // Every tenth number: the last digit is as good as chance.
  await copyTable(tenth, city, 'incident', `select * from incident where right(number, 1) = '7'`)
  await copyTable(tenth, city, 'incident_step', `select * from incident_step where right(number, 1) = '7'`)
  await tenth`insert into log_head (street_code, position) select street_code, max(position) from incident_step group by 1`
  await tenth.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    await countIncidents(transaction, transaction`select street_code, reported_at from incident`)
  })
}

async function copyTable(to: Database, from: Database, table: string, rows: string): Promise<void> {
  const source = await from.unsafe(`copy (${rows}) to stdout`).readable()
  await pipeline(source, await to.unsafe(`copy ${table} from stdin`).writable())
}
