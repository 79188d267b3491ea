import { ProblemError } from '@minqing/data/domain/problem'
import { nextRun, ScheduledExport } from '@minqing/data/domain/scheduled-export'
import type { Actor } from '../../access/actor.ts'
import type { Database } from '../../store/connect.ts'
import { importScope, readAs } from '../../store/scope.ts'
import { writeAs } from '../../writing/write-as.ts'

type NewSchedule = Omit<
  ScheduledExport,
  'madeBy' | 'nextAt' | 'lastAt' | 'lastResult' | 'lastProblem' | 'lastRows' | 'lastFile'
>

/** All of them, by name, with how their last runs ended. */
export async function listScheduledExports(database: Database): Promise<ScheduledExport[]> {
  const rows = await readAs(
    database,
    importScope,
    (transaction) => transaction`
      select id, collection, format, parameters, folder, every, at_time, files, made_by, next_at, last_at, last_result,
        last_problem, last_rows, last_file
      from scheduled_export order by id`,
  )
  return rows.map((row) => ScheduledExport.parse(row))
}

/** Adds one, or replaces the one of its name. Returns when it is due first. */
export async function scheduleExport(
  database: Database,
  actor: Actor,
  schedule: NewSchedule,
  now: Date,
): Promise<Date> {
  const { id, collection, format, parameters, folder, every, atTime, files } = schedule
  const next = nextRun(schedule, now)
  await writeAs(database, actor, { action: 'create', object: 'scheduled_export' }, async (writing) => {
    writing.area = parameters.filter.area
    writing.target = id
    Object.assign(writing.details, { collection, format, every, circulation: parameters.circulation })
    await writing.transaction`
      insert into scheduled_export (id, collection, format, parameters, folder, every, at_time, files, made_by, made_at, next_at)
      values (${id}, ${collection}, ${format}, ${writing.transaction.json(parameters)}, ${folder}, ${every},
        ${atTime}, ${files}, ${actor.name}, ${now}, ${next})
      on conflict (id) do update set collection = excluded.collection, format = excluded.format,
        parameters = excluded.parameters, folder = excluded.folder, every = excluded.every, at_time = excluded.at_time,
        files = excluded.files, made_by = excluded.made_by, made_at = excluded.made_at, next_at = excluded.next_at`
  })
  return next
}

/** @throws ProblemError `not_found` */
export async function removeScheduledExport(database: Database, actor: Actor, id: string): Promise<void> {
  await writeAs(
    database,
    actor,
    { action: 'remove', object: 'scheduled_export', target: id },
    async ({ transaction }) => {
      const removed = await transaction`delete from scheduled_export where id = ${id} returning id`
      if (removed.length === 0)
        throw new ProblemError(
          'not_found',
          { zh: `没有名为“${id}”的定时导出`, en: `There is no scheduled export “${id}”` },
          { remedy: { zh: 'minqing exports 列出全部定时导出', en: 'minqing exports lists them all' } },
        )
    },
  )
}
