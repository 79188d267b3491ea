import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { connect, type Database } from '../../server/store/connect.ts'
import { startEmbeddedCluster } from '../setup/embedded-cluster.ts'
import { median, type Figure } from './figure.ts'
import { generateGrids, generateLedger } from './ledger.ts'

const rows = 1_000_000
const manyRows = 10_000_000
const seed = 20_261_121
const copies = 3

/**
 * Time of `minqing import` of a generated ledger (read, checked, located in its grid, compared, written with its first
 * step), against PostgreSQL's own COPY of the same finished rows and steps into the same emptied tables; and the most
 * memory that the command and its reader took together.
 */
export async function measureImport(scratch: string): Promise<Figure[]> {
  const { cluster, stop } = await startEmbeddedCluster({ durable: true })
  try {
    const imported = await importLedger(cluster.url, scratch, rows)
    const database = connect({ url: cluster.url, poolSize: 1, statementTimeout: 0 })
    const copied = await copyAgain(database, scratch)
    await database.end()
    return [
      {
        claim: {
          zh: '导入 100 万行 CSV：与 COPY 同样的事件和流程到同样的表的用时之比',
          en: 'import of a CSV of 1,000,000 rows: time against COPY of the same incidents and steps into the same tables',
        },
        value: imported.seconds / copied,
        unit: ' ×',
        limit: { atMost: 3 },
        measured: { 'import, s': imported.seconds, 'COPY, s': copied, rows, seed },
      },
      memory(imported, rows, { zh: '100 万', en: '1,000,000' }),
    ]
  } finally {
    await stop()
  }
}

/** The memory at ten times as many rows, which takes minutes: for `pnpm bench:large`. */
export async function measureLargeImport(scratch: string): Promise<Figure[]> {
  const { cluster, stop } = await startEmbeddedCluster()
  try {
    return [memory(await importLedger(cluster.url, scratch, manyRows), manyRows, { zh: '1000 万', en: '10,000,000' })]
  } finally {
    await stop()
  }
}

type Run = { seconds: number; megabytes: number }

function memory({ seconds, megabytes }: Run, count: number, name: { zh: string; en: string }): Figure {
  return {
    claim: {
      zh: `导入 ${name.zh}行：最大内存（命令与读取进程合计，共用页计一次）`,
      en: `import of ${name.en} rows: memory of command and reader together, shared pages once`,
    },
    value: megabytes,
    unit: ' MB',
    // A tenth below the 300 MB that a machine must have free for it.
    limit: { atMost: 270 },
    measured: { rows: count, seed, 'import, s': seconds },
  }
}

async function importLedger(databaseUrl: string, scratch: string, count: number): Promise<Run> {
  const grids = join(scratch, 'grids.geojson')
  const ledger = join(scratch, 'ledger.csv')
  writeFileSync(grids, JSON.stringify(generateGrids()))
  await pipeline(Readable.from(generateLedger(count, seed)), createWriteStream(ledger))
  await minqing(databaseUrl, ['import', 'grids', grids, '--street', '960101001=基准街道'])
  const run = await minqing(databaseUrl, ['import', 'incidents', ledger])
  rmSync(ledger)
  return run
}

/** Runs a command as `pnpm minqing` does; `megabytes` is the most that it and its children had in use at one time. */
export async function minqing(databaseUrl: string, args: string[]): Promise<Run> {
  const root = join(import.meta.dirname, '../..')
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { minqing: string } }
  const began = performance.now()
  const child = spawn(process.execPath, [...scripts.minqing.split(' ').slice(1), ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  let bytes = 0
  const watch = setInterval(() => (bytes = Math.max(bytes, bytesTogether(child.pid ?? 0))), 250)
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearInterval(watch)
  if (status !== 0) throw new Error(`minqing ${args.join(' ')} ended with ${status}:\n${said}`)
  return { seconds: (performance.now() - began) / 1000, megabytes: bytes / 1_000_000 }
}

/** Seconds of COPY: what the import wrote is written to files, the tables emptied, and filled again. */
async function copyAgain(database: Database, scratch: string): Promise<number> {
  const [counted] = await database<{ count: number }[]>`select count(*) from incident`
  if (counted?.count !== rows) throw new Error(`the import wrote ${counted?.count} of ${rows} rows`)
  const tables = ['incident', 'incident_step']
  const file = (table: string) => join(scratch, `${table}.copy`)
  for (const table of tables)
    // One connection.
    await pipeline(await database`copy ${database(table)} to stdout`.readable(), createWriteStream(file(table)))
  const seconds: number[] = []
  for (let round = 0; round < copies; round += 1) {
    // One after the other is what is measured.
    await database`truncate incident, incident_step cascade`
    const began = performance.now()
    await database.begin(async (transaction) => {
      for (const table of tables)
        await pipeline(
          createReadStream(file(table)),
          await transaction`copy ${transaction(table)} from stdin`.writable(),
        )
    })
    seconds.push((performance.now() - began) / 1000)
  }
  return median(seconds)
}

/**
 * Memory that a process and all below it have in use, each page counted once: what every one of them has for itself,
 * and once what they share (Node's own program, of which each would otherwise count 60 MB). 0 where there is no `/proc`.
 */
function bytesTogether(pid: number): number {
  const processes = family(pid).map(pagesOf)
  const own = processes.reduce((sum, { unshared }) => sum + unshared, 0)
  return own + Math.max(0, ...processes.map(({ shared }) => shared))
}

function family(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return [pid, ...(children === '' ? [] : children.split(' ').flatMap((child) => family(Number(child))))]
  } catch {
    return []
  }
}

function pagesOf(pid: number): { unshared: number; shared: number } {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const bytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024
    return {
      unshared: bytes('Private_Clean') + bytes('Private_Dirty'),
      shared: bytes('Shared_Clean') + bytes('Shared_Dirty'),
    }
  } catch {
    // Gone between two looks.
    return { unshared: 0, shared: 0 }
  }
}
