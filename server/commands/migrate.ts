import { defineCommand } from './command.ts'

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
