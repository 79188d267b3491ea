import { migrate } from '../store/migrate.ts'
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
    const applied = await migrate(await database())
    out(
      applied.length === 0
        ? '数据库结构已是最新 · The schema is up to date'
        : `已执行 · Applied: ${applied.join(', ')}`,
    )
    return 0
  },
})
