/**
 * The claims about a whole city: `pnpm bench:city <city> <empty>`. The first is a PostgreSQL that holds the demo city
 * (`DATABASE_URL=<city> minqing demo --scale city`, half an hour), the second an empty database of the same server,
 * which is filled with the city and every tenth of its incidents and may be given again.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../server/store/connect.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { startProduct } from '../setup/start-product.ts'
import { measureBuildingTiles } from './city/building-tiles.ts'
import { measureManyGrids } from './city/many-grids.ts'
import { measureStreaming } from './city/stream-incidents.ts'
import { measureSumsAndSearches } from './city/sums-and-searches.ts'
import { fillWithTenth } from './city/tenth.ts'
import { report } from './report.ts'

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
  const product = await startProduct({ environment: { DATABASE_URL: cityUrl } })
  try {
    say('流式导出 · Streaming …')
    const streamed = await measureStreaming(product.address, city)
    say('网格 · Grids …')
    const grids = await measureManyGrids(product.address)
    say('楼栋瓦片 · Building tiles …')
    const tiles = await measureBuildingTiles(product.address, city, scratch, say)
    report('city', [...streamed, ...sums, grids, ...tiles])
  } finally {
    await product.stop()
  }
} finally {
  await Promise.all([city.end(), tenth.end()])
  rmSync(scratch, { recursive: true, force: true })
}
