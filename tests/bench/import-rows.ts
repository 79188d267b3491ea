import { spawnSync } from 'node:child_process'
import { createWriteStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { connect, type Database } from '../../server/store/connect.ts'
import { startEmbeddedCluster } from '../setup/start-embedded-cluster.ts'
import { median, type Figure } from './figure.ts'
import { generateGrids, generateLedger } from './ledger.ts'

const rows = 100_000
const seed = 20_261_121
const copies = 5

/**
 * Rows a second of `minqing import` of a generated ledger (read, checked, located in its grid, compared, written with
 * its first step), against PostgreSQL's own COPY of the same finished rows into the same emptied table.
 */
export async function measureImport(scratch: string): Promise<Figure> {
  const { cluster, stop } = await startEmbeddedCluster({ durable: true })
  try {
    const grids = join(scratch, 'grids.geojson')
    const ledger = join(scratch, 'ledger.csv')
    writeFileSync(grids, JSON.stringify(generateGrids()))
    await pipeline(Readable.from(generateLedger(rows, seed)), createWriteStream(ledger))
    minqing(cluster.url, ['import', 'grids', grids, '--street', '960101001=基准街道'])
    const began = performance.now()
    minqing(cluster.url, ['import', 'incidents', ledger])
    const imported = rows / ((performance.now() - began) / 1000)

    const database = connect({ url: cluster.url, poolSize: 1, statementTimeout: 0 })
    const copied = await copyAgain(database)
    await database.end()
    return {
      claim: {
        zh: '导入 10 万行 CSV 的每秒行数，与 COPY 相同的行到同一张表之比',
        en: 'rows/s of importing a CSV of 100,000 rows against COPY of the same rows into the same table',
      },
      value: imported / copied,
      unit: ' ×',
      limit: { atLeast: 0.2 },
      measured: { 'imported rows/s': Math.round(imported), 'copied rows/s': Math.round(copied), rows, seed },
    }
  } finally {
    await stop()
  }
}

function minqing(databaseUrl: string, args: string[]): void {
  const cli = join(import.meta.dirname, '../../server/cli.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: databaseUrl },
    timeout: 300_000,
  })
  if (status !== 0) throw new Error(`minqing ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`)
}

/** Rows a second of COPY: what the import wrote is read into memory, the table emptied, and filled again. */
async function copyAgain(database: Database): Promise<number> {
  const [counted] = await database<{ count: number }[]>`select count(*) from incident`
  if (counted?.count !== rows) throw new Error(`the import wrote ${counted?.count} of ${rows} rows`)
  const chunks: Buffer[] = []
  for await (const chunk of await database`copy incident to stdout`.readable()) chunks.push(chunk as Buffer)
  const speeds: number[] = []
  for (let round = 0; round < copies; round += 1) {
    await database`truncate incident, flow_step`
    const began = performance.now()
    await pipeline(Readable.from(chunks), await database`copy incident from stdin`.writable())
    speeds.push(rows / ((performance.now() - began) / 1000))
  }
  return median(speeds)
}
