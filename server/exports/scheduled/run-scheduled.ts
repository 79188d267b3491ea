import { access, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { localTimeText } from '@minqing/data/formats/values/local-time-text'
import { lastInterval, nextRun, type ScheduledExport } from '@minqing/data/domain/scheduled-export'
import { ProblemError } from '@minqing/data/domain/problem'
import { systemActor } from '../../access/actor.ts'
import type { Database } from '../../store/connect.ts'
import { writeAs } from '../../writing/write-as.ts'
import { exportFile } from '../export-file.ts'
import { listScheduledExports } from './scheduled-exports.ts'

/**
 * Runs what is due, one after the other. Of several processes one runs it: who raises `next_at`. What fails is recorded,
 * logged, and tried again at its next time; its earlier files stay.
 *
 * @returns how many were run
 */
export async function runScheduledExports(
  database: Database,
  now: () => Date,
  logError: (error: unknown) => void,
): Promise<number> {
  let run = 0
  for (const schedule of await listScheduledExports(database)) {
    if (Date.parse(schedule.nextAt) > now().getTime() || !(await claim(database, schedule, now()))) continue
    run += 1
    try {
      const file = await runOne(database, schedule, now())
      await end(database, schedule, { result: 'done', ...file })
    } catch (error) {
      logError(error)
      await end(database, schedule, { result: 'failed', problem: codeOf(error) })
    }
  }
  return run
}

async function claim(database: Database, schedule: ScheduledExport, now: Date): Promise<boolean> {
  return writeAs(
    database,
    systemActor,
    { action: 'change', object: 'scheduled_export', target: schedule.id },
    async ({ transaction }) => {
      const claimed = await transaction`
        update scheduled_export set next_at = ${nextRun(schedule, now)}, last_at = ${now}, last_result = 'failed',
          last_problem = 'interrupted', last_rows = null, last_file = null
        where id = ${schedule.id} and next_at = ${schedule.nextAt} returning id`
      return claimed.length > 0
    },
  )
}

async function runOne(
  database: Database,
  schedule: ScheduledExport,
  now: Date,
): Promise<{ rows: number; file: string }> {
  const { id, collection, format, folder, every, files, parameters } = schedule
  const { lastOnly, filter: chosen, ...asked } = parameters
  const filter = lastOnly ? { ...chosen, ...lastInterval(every, now) } : chosen
  await access(folder)
  const day = localTimeText(now.toISOString()).slice(0, 10).replaceAll('-', '')
  const file = `${id}_${day}.${format}`
  const { rows } = await exportFile(database, systemActor, {
    ...asked,
    collection,
    filter,
    now,
    format,
    path: join(folder, file),
  })
  await removeOlder(folder, id, format, files)
  return { rows, file }
}

/** Removes its files but the newest ones; what others put there stays. */
async function removeOlder(folder: string, id: string, format: string, files: number): Promise<void> {
  const own = (await readdir(folder)).filter(
    (name) =>
      name.startsWith(`${id}_`) &&
      name.endsWith(`.${format}`) &&
      /^\d{8}$/.test(name.slice(id.length + 1, -format.length - 1)),
  )
  const older = own.toSorted().slice(0, -files)
  for (const name of older) await rm(join(folder, name))
}

async function end(
  database: Database,
  { id, parameters }: ScheduledExport,
  ended: { result: 'done'; rows: number; file: string } | { result: 'failed'; problem: string },
): Promise<void> {
  const { result } = ended
  const [problem, rows, file] = result === 'done' ? [null, ended.rows, ended.file] : [ended.problem, null, null]
  const audited = { action: 'change', object: 'scheduled_export', target: id, area: parameters.filter.area } as const
  await writeAs(database, systemActor, audited, async (writing) => {
    Object.assign(writing.details, { result, rows, problem })
    await writing.transaction`
      update scheduled_export set last_result = ${result}, last_problem = ${problem}, last_rows = ${rows}, last_file = ${file}
      where id = ${id}`
  })
}

function codeOf(error: unknown): string {
  if (error instanceof ProblemError) return error.code
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : 'internal'
}

/** Milliseconds between two looks at what is due. */
const interval = 60_000

/** Looks every minute for what is due, until it is stopped. */
export function watchScheduledExports(database: Database, now: () => Date, logError: (error: unknown) => void) {
  let running: Promise<unknown> | undefined
  const look = () => {
    running ??= runScheduledExports(database, now, logError)
      .catch(logError)
      .finally(() => (running = undefined))
  }
  const timer = setInterval(look, interval).unref()
  look()
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
