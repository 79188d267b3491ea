import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Database } from '../../server/store/connect.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { startEmbeddedCluster } from '../setup/embedded-cluster.ts'

const cli = join(import.meta.dirname, '../../server/cli.ts')
const folder = mkdtempSync(join(tmpdir(), 'minqing-interrupted-'))
const ledger = join(folder, '工单.csv')
/** Enough that a kill at any of its seconds comes before the end. */
const rows = 60_000

let cluster: Awaited<ReturnType<typeof startEmbeddedCluster>>
let database: Database

beforeAll(async () => {
  cluster = await startEmbeddedCluster()
  database = connect({ url: cluster.cluster.url })
  await migrate(database)
  const lines = Array.from({ length: rows }, (_, at) => `K${at},第${at}件,114.3,30.6,2024-05-01,D02`)
  writeFileSync(ledger, `编号,标题,经度,纬度,时间,类型\n${lines.join('\n')}\n`)
})
afterAll(async () => {
  await database.end()
  await cluster.stop()
  rmSync(folder, { recursive: true })
})

const traces = () => database`
  select (select count(*) from incident) as incidents, (select count(*) from incident_step) as steps,
    (select count(*) from log_head) as heads, (select count(*) from import_batch) as batches,
    (select count(*) from import_before) as images, (select count(*) from incident_month) as months,
    (select sum(version) from collection_version) as versions`

/** The process that reads for a command. */
function readerOf(pid: number): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  return children.map(Number).find((child) => /reader(-main)?\.m?[jt]s\b/.test(command(child)))
}

function command(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function readers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && command(Number(name)).includes(ledger))
    .map(Number)
}

/** Begins an import, does something to it after so many rows, and reports how it ended. */
async function interrupted(afterRows: number, what: (pid: number) => void) {
  const args = [cli, 'import', 'incidents', ledger, '--street', '420102012=丹水池街道', '--progress']
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: cluster.cluster.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let done = false
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  )
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
    const read = Number([...said.matchAll(/· ([\d,]+) 行/g)].at(-1)?.[1]?.replaceAll(',', '') ?? -1)
    if (done || read < afterRows) return
    done = true
    what(child.pid ?? 0)
  })
  const code = await ended
  return { code, said, done }
}

const kill = (signal: NodeJS.Signals) => (pid: number) => process.kill(pid, signal)
const killReader = (pid: number) => {
  const reader = readerOf(pid)
  if (reader !== undefined) process.kill(reader, 'SIGKILL')
}

describe('an import that is interrupted leaves no trace', () => {
  test.each([
    ['by Ctrl-C', 0, kill('SIGINT')],
    ['by kill -9 of the command at its beginning', 0, kill('SIGKILL')],
    ['by kill -9 of the command on the way', 20_000, kill('SIGKILL')],
    ['by kill -9 of what reads the file', 0, killReader],
    ['by kill -9 of what reads the file on the way', 20_000, killReader],
  ])('%s', { timeout: 120_000 }, async (_, afterRows, what) => {
    const before = await traces()
    const { code, said, done } = await interrupted(afterRows, what)
    expect(done, `it ended with ${code} before it could be interrupted: ${said}`).toBe(true)
    expect(code).not.toBe(0)
    // The database notices a vanished client with its next word to it.
    for (let round = 0; round < 200; round++) {
      const [busy] = await database<{ count: number }[]>`
        select count(*) from pg_stat_activity where pid <> pg_backend_pid() and state <> 'idle' and backend_type = 'client backend'`
      if (busy?.count === 0 && readers().length === 0) break
      await delay(50)
    }
    expect(readers()).toEqual([])
    expect(await traces()).toEqual(before)
    expect(readdirSync(folder)).toEqual(['工单.csv'])
  })

  test('and the same file comes in afterwards, whole', { timeout: 120_000 }, async () => {
    const { code } = await interrupted(Infinity, () => {})
    expect(code).toBe(0)
    expect((await traces())[0]).toMatchObject({ incidents: rows, batches: 1 })
  })
})
