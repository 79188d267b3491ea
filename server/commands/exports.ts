import { exportCollectionLabels } from '@minqing/data/domain/export'
import { ProblemError } from '@minqing/data/domain/problem'
import type { ScheduledExport } from '@minqing/data/domain/scheduled-export'
import { localTimeText } from '@minqing/data/formats/values/local-time-text'
import { commandActor } from '../access/actor.ts'
import { listScheduledExports, removeScheduledExport } from '../exports/scheduled/scheduled-exports.ts'
import { defineCommand, UsageError } from './command.ts'

export const exportsCommand = defineCommand({
  name: 'exports',
  summary: { zh: '列出或移除定时导出', en: 'List or remove scheduled exports' },
  help: `用法 · Usage
  minqing exports                 列出，含最近一次的结果 · lists them, with how the last run ended
  minqing exports remove <名称>    移除；已写出的文件保留 · removes one; its files stay

退出码 · Exit code
  0 全部正常 · all is well   1 有一个最近一次失败 · the last run of one has failed

  用 minqing export … --every 安排 · minqing export … --every makes one`,
  options: {},
  run: async (context, { positionals }) => {
    const [action, name, ...rest] = positionals
    if (rest.length > 0 || (action !== undefined && (action !== 'remove' || name === undefined)))
      throw new UsageError('minqing exports [remove <name>]')
    const database = await context.database()
    if (name !== undefined) {
      try {
        await removeScheduledExport(database, commandActor(), name)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        context.report(`${error.detail.zh} · ${error.detail.en}`)
        return 1
      }
      context.out(`已移除“${name}” · removed`)
      return 0
    }
    const all = await listScheduledExports(database)
    for (const schedule of all) context.out(describe(schedule))
    if (all.length === 0) context.out('没有定时导出 · There are no scheduled exports')
    return all.some(({ lastResult }) => lastResult === 'failed') ? 1 : 0
  },
})

const every = { day: '每天 daily', week: '每周 weekly', month: '每月 monthly' } as const

function describe({
  id,
  collection,
  format,
  folder,
  nextAt,
  atTime,
  lastAt,
  lastResult,
  lastRows,
  lastProblem,
  ...schedule
}: ScheduledExport): string {
  const what = `${id}：${exportCollectionLabels[collection].zh} ${format}，${every[schedule.every]} ${atTime} → ${folder}`
  const next = `下次 next ${localTimeText(nextAt)}`
  if (lastAt === null) return `${what}；${next}；尚未执行 not run yet`
  const ended =
    lastResult === 'done'
      ? `成功 done，${lastRows} 行 rows，${schedule.lastFile ?? ''}`
      : `失败 failed（${lastProblem ?? ''}）：请检查文件夹是否存在、能否写入 check that the folder is there and can be written to`
  return `${what}；${next}；上次 last ${localTimeText(lastAt)} ${ended}`
}
