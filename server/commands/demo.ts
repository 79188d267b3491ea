import { writeFile } from 'node:fs/promises'
import { type DemoScale, demoScales } from '@minqing/data/demo/city/site'
import { commandActor } from '../access/actor.ts'
import { demoTruth } from '../demo/demo-truth.ts'
import { ensureDemo, type DemoOutcome } from '../demo/ensure-demo.ts'
import { makeScale } from '../demo/make-scale.ts'
import { describeDemo, removeDemo } from '../demo/demo-state.ts'
import { defineCommand, UsageError, type CommandContext, type ExitCode } from './command.ts'

export const demoCommand = defineCommand({
  name: 'demo',
  summary: { zh: '生成、续写或移除演示数据', en: 'Make, carry on or remove the demo' },
  help: `用法 · Usage
  minqing demo [--scale street|district|city] [--seed <数>] [--as-of <时间>] [--truth <文件.json>]
  minqing demo remove [--with-imported]

  空数据库：生成演示街道；已有演示街道：把事件续写到此刻；已导入其他数据：不作改动。启动时会自动执行。
  Makes the demo sub-district in an empty database, carries an existing one on to now, and leaves a database alone that
  holds something else. Every start does this by itself.

  --scale <规模>  district 为 12 个街道、60 万件事件，city 为 200 个街道、1.2 万个网格、近 40 万栋建筑、1000 万件五年间的
                  事件；逐街道写入，中断后再次执行即从下一个街道继续。已有的演示街道会被同编码的新街道取代
                  · 12 sub-districts with 600,000 incidents, or 200 with 12,000 grids, nearly 400,000 buildings and ten million
                  incidents of five years; written one sub-district at a time, and gone on with when begun before
  --seed <数>     换一个街道（默认 1）· another sub-district (default 1)
  --truth <文件>  写出埋设的聚集与工程：中心、半径、起止、件数 · what was planted: centre, radius, time, cases

  remove          移除演示数据：区域、楼栋、底图、人员、事件和计数，一项不留；其中有导入的数据时，须加 --with-imported
                  · take the demo out: areas, buildings, base map, people, incidents and counts; where rows were imported into
                  it, --with-imported confirms that they go as well

例 · Example
  minqing demo --scale district
  minqing demo --truth 真值.json`,
  options: {
    scale: { type: 'string' },
    seed: { type: 'string' },
    truth: { type: 'string' },
    'with-imported': { type: 'boolean' },
  },
  run: async (context, { values, positionals }) => {
    if (positionals[0] === 'remove' && positionals.length === 1)
      return remove(context, values['with-imported'] === true)
    if (positionals.length > 0) throw new UsageError(`多余的参数 “${positionals[0]}” · unexpected argument`)
    const scale = scaleOf(values.scale)
    const seed = values.seed === undefined ? undefined : seedOf(values.seed)
    const database = await context.database()
    if (scale === 'street') {
      const { outcome, incidents, steps } = await ensureDemo(database, commandActor(), {
        asOf: context.now(),
        report: context.report,
        ...(seed === undefined ? {} : { seed }),
      })
      context.out(outcomes[outcome](incidents, steps))
    } else {
      const { report, signal } = context
      const done = await makeScale(database, commandActor(), {
        scale,
        seed: seed ?? 1,
        asOf: context.now(),
        report,
        signal,
      })
      context.out(
        `${done.made} 个街道已生成，${done.existing} 个原已存在；${done.incidents} 件事件 · ${done.made} sub-districts made, ${done.existing} existed, ${done.incidents} incidents`,
      )
    }
    return values.truth === undefined ? 0 : writeTruth(context, values.truth)
  },
})

async function remove(context: CommandContext, withImported: boolean): Promise<ExitCode> {
  const database = await context.database()
  const { imported } = await describeDemo(database)
  if (imported > 0 && !withImported) {
    context.report(
      `演示街道里有导入的数据 ${imported} 条，会一并删除且不能恢复。没有删除任何数据；确认后请加 --with-imported · ${imported} rows were imported into the demo and would go with it for good. Nothing was removed; add --with-imported to confirm`,
    )
    return 2
  }
  const streets = await removeDemo(database, commandActor(), context.report)
  context.out(streets > 0 ? '演示数据已移除 · The demo is removed' : '这里没有演示数据 · There is no demo here')
  return 0
}

function scaleOf(text: string | undefined): DemoScale {
  const scale = demoScales.find((one) => one === (text ?? 'street'))
  if (scale === undefined)
    throw new UsageError(`--scale “${text}”：应为 ${demoScales.join('、')} 之一 · should be one of these`)
  return scale
}

const outcomes: Record<DemoOutcome['outcome'], (incidents: number, steps: number) => string> = {
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
  const truths = await demoTruth(await context.database())
  if (truths.length === 0) {
    context.report('这里没有演示数据，因此没有真值可写 · There is no demo here, so there is no truth to write')
    return 2
  }
  const [first] = truths
  const content = truths.length === 1 ? first : { streets: truths }
  await writeFile(context.path(file), `${JSON.stringify(content, null, 2)}\n`)
  const count = (of: 'clusters' | 'projects') => truths.reduce((sum, truth) => sum + truth[of].length, 0)
  context.out(`${count('clusters')} 处聚集、${count('projects')} 项工程 · clusters, projects → ${file}`)
  return 0
}
