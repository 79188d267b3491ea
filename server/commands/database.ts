import { commandActor } from '../access/actor.ts'
import { checkCounts, type CountFault } from '../counts/check-counts.ts'
import { recountAll } from '../counts/count-incidents.ts'
import { defineCommand, UsageError } from './command.ts'
import { findIncidentsWithoutStreet } from '../status/get-status.ts'
import { disablePostgis, enablePostgis, gisViews } from '../store/postgis.ts'
import { writeAs } from '../writing/write-as.ts'

const shown = 20

export const checkCommand = defineCommand({
  name: 'check',
  summary: { zh: '核对事件计数', en: 'Check the stored counts of incidents' },
  help: `用法 · Usage
  minqing check [--mend]

  各处显示的件数由写入事件的同一事务维护。本命令逐件重新统计，列出不一致之处。
  The numbers shown everywhere are stored by the transactions that write incidents. This command counts every incident
  again and lists what differs.

  --mend  按事件重新生成全部计数 · recompute all counts from the incidents

退出码 · Exit code
  0 一致（或已重建）· they agree, or have been recomputed   1 不一致 · they differ

例 · Example
  minqing check`,
  options: { mend: { type: 'boolean' } },
  run: async (context, { values, positionals }) => {
    if (positionals.length > 0) throw new UsageError(`多余的参数 “${positionals[0]}” · unexpected argument`)
    const database = await context.database()
    if (values.mend === true) {
      await writeAs(database, commandActor(), { action: 'mend', object: 'incident' }, async (writing) => {
        await recountAll(writing.transaction)
        writing.change(['incidents'])
      })
      context.out('全部计数已重建 · All counts are recomputed')
      return 0
    }
    for (const { code, incidents } of await findIncidentsWithoutStreet(database))
      context.out(
        `${incidents} 件事件归入街道 ${code}，而库中没有这个街道，地图和列表都找不到它们：请导入该街道，或撤销那次导入、改正编码后重新导入 · ${incidents} incidents belong to sub-district ${code}, which is not known: import it, or undo their import, correct the code and import them again`,
      )
    const faults = await checkCounts(database, (done, of) => {
      if (done < of) context.report(`已核对 ${done}/${of} · checked`)
    })
    for (const fault of faults.slice(0, shown)) context.out(describe(fault))
    if (faults.length > shown) context.out(`…… 另有 ${faults.length - shown} 处 · and more`)
    context.out(
      faults.length === 0
        ? '计数与事件一致 · The counts agree with the incidents'
        : `${faults.length} 处不一致，可用 minqing check --mend 重建 · differences; minqing check --mend recomputes the counts`,
    )
    return faults.length === 0 ? 0 : 1
  },
})

function describe({ streetCode, month, stored, counted, what }: CountFault): string {
  const where = streetCode === '' ? '全部街道 all sub-districts' : streetCode
  const part = { cells: '分项 cells', sums: '小计 sums', overdue: '超期 overdue', total: '总计 total' }[what]
  return `${where} ${month.slice(0, 7)} ${part}：记为 stored ${stored}，实为 counted ${counted}`
}

export const migrateCommand = defineCommand({
  name: 'migrate',
  summary: { zh: '把数据库结构升级到最新版本', en: 'Bring the database to the newest schema' },
  help: `用法 · Usage
  minqing migrate [--data-dir <目录>]

  升级在一个事务中完成：要么全部生效，要么全部不生效。启动时会自动执行，一般无需手动运行。
  All of it or none, in one transaction. Every start does this by itself; you hardly ever need it.`,
  options: {},
  run: async ({ database, out }) => {
    // Opening the database has migrated it already.
    const [newest] = await (await database())<{ version: number; name: string }[]>`
      select version, name from schema_version order by version desc limit 1`
    out(`数据库结构已是最新 · The schema is up to date: ${newest?.version} ${newest?.name}`)
    return 0
  },
})

export const postgisCommand = defineCommand({
  name: 'postgis',
  summary: { zh: '为 QGIS 等软件提供带几何列的视图', en: 'Views with geometry columns for QGIS and the like' },
  help: `用法 · Usage
  minqing postgis enable | disable

  enable   在装有 PostGIS 的服务器上建立模式 gis：${gisViews.join('、')}，几何列 geom，坐标系 CGCS2000（EPSG:4490）
           on a server that has PostGIS, make the schema gis with these views; column geom, CGCS2000 (EPSG:4490)
  disable  删除这些视图与索引，扩展保留 · remove the views and indexes, leave the extension

  每个人用自己的数据库账号连接，只看到自己范围内的行：
  Everybody connects with a login of their own and sees the rows of their own area:
    create role li login password '…' in role minqing_reader;
    alter role li set app.scope = '990101001';

例 · Example
  DATABASE_URL=postgres://user:password@host/minqing minqing postgis enable`,
  options: {},
  run: async ({ database, out }, { positionals }) => {
    const [action, ...rest] = positionals
    if (rest.length > 0 || (action !== 'enable' && action !== 'disable'))
      throw new UsageError('minqing postgis enable | disable')
    const audited = { action, object: 'postgis' } as const
    if (action === 'disable') {
      await writeAs(
        await database(),
        commandActor(),
        audited,
        ({ transaction }) => disablePostgis(transaction),
        'owner',
      )
      out('已删除模式 gis · The schema gis is removed')
      return 0
    }
    const version = await writeAs(
      await database(),
      commandActor(),
      audited,
      ({ transaction }) => enablePostgis(transaction),
      'owner',
    )
    out(`PostGIS ${version}：已建立视图 · These views are ready: ${gisViews.map((view) => `gis.${view}`).join(', ')}`)
    return 0
  },
})
