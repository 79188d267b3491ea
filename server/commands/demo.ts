import { writeFile } from 'node:fs/promises'
import { truthOf } from '@minqing/data/demo/truth'
import { makeStreet } from '@minqing/data/demo/street'
import { readDemoState } from '../demo/demo-state.ts'
import { beginningOf, ensureDemo, type DemoOutcome } from '../demo/ensure-demo.ts'
import { removeDemo } from '../demo/remove-demo.ts'
import { defineCommand, UsageError, type CommandContext, type ExitCode } from './command.ts'

export const demoCommand = defineCommand({
  name: 'demo',
  summary: { zh: '生成、续写或移除演示街道', en: 'Make, carry on or remove the demo street' },
  help: `用法 · Usage
  minqing demo [--seed <数>] [--as-of <时间>] [--truth <文件.json>] [--remove]

  空数据库：生成演示街道；已有演示街道：把事件续写到此刻；已导入其他数据：不作改动。启动时会自动执行。
  Makes the demo street in an empty database, carries an existing one on to now, and leaves a database alone that
  holds something else. Every start does this by itself.

  --seed <数>     换一条街（默认 1）· another street (1 unless told)
  --truth <文件>  写出埋设的聚集与工程：中心、半径、起止、件数 · what was planted: centre, radius, time, cases
  --remove        移除演示街道及其全部数据 · take the demo street out with all that is in it

例 · Example
  minqing demo --truth 真值.json`,
  options: { seed: { type: 'string' }, truth: { type: 'string' }, remove: { type: 'boolean' } },
  run: async (context, { values, positionals }) => {
    if (positionals.length > 0) throw new UsageError(`多余的参数 “${positionals[0]}” · unexpected argument`)
    const database = await context.database()
    if (values.remove === true) {
      const removed = await removeDemo(database)
      context.out(
        removed ? '演示街道已移除 · The demo street is removed' : '这里没有演示街道 · There is no demo street here',
      )
      return 0
    }
    const { outcome, incidents, steps } = await ensureDemo(database, {
      asOf: context.now(),
      report: context.report,
      ...(values.seed === undefined ? {} : { seed: seedOf(values.seed) }),
    })
    context.out(said[outcome](incidents, steps))
    return values.truth === undefined ? 0 : writeTruth(context, values.truth)
  },
})

const said: Record<DemoOutcome['outcome'], (incidents: number, steps: number) => string> = {
  made: (incidents, steps) =>
    `演示街道已生成：${incidents} 件事件、${steps} 步流转 · Made: ${incidents} incidents, ${steps} steps`,
  carried_on: (incidents, steps) =>
    `演示街道已续写：新增 ${incidents} 件、${steps} 步流转 · Carried on: ${incidents} new incidents, ${steps} steps`,
  left_alone: () => '无需改动 · Nothing to do',
}

function seedOf(text: string): number {
  const seed = Number(text)
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new UsageError(`--seed “${text}”：应为非负整数 · should be a whole number, 0 or more`)
  return seed
}

async function writeTruth(context: CommandContext, file: string): Promise<ExitCode> {
  const state = await readDemoState(await context.database())
  if (state === undefined) {
    context.report('这里没有演示街道，因此没有真值可写 · There is no demo street here, so there is no truth to write')
    return 2
  }
  const street = makeStreet(state.seed, new Date(state.madeAt).getUTCFullYear())
  const truth = truthOf(street, beginningOf(new Date(state.madeAt)), Date.parse(state.carriedTo))
  await writeFile(context.path(file), `${JSON.stringify(truth, null, 2)}\n`)
  context.out(`${truth.clusters.length} 处聚集、${truth.projects.length} 项工程 · clusters, projects → ${file}`)
  return 0
}
