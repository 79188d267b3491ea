import type { ImportRecord } from '@minqing/data/domain/import'
import { listImports } from '../imports/apply/batch.ts'
import { importScope, readAs } from '../store/scope.ts'
import { defineCommand } from './command.ts'

export const importsCommand = defineCommand({
  name: 'imports',
  summary: { zh: '列出已做的导入', en: 'List the imports that were made' },
  help: `用法 · Usage
  minqing imports [--json]

  列出最近一百次导入：编号、时间、文件、数量，以及还能否撤销
  Lists the last hundred imports: number, time, file, counts, and whether each can still be undone

例 · Example
  minqing imports
  minqing undo 12`,
  options: { json: { type: 'boolean' } },
  run: async (context, { values }) => {
    const records = await readAs(await context.database(), importScope, (transaction) => listImports(transaction))
    if (values.json === true) context.out(JSON.stringify(records))
    else if (records.length === 0) context.out('还没有导入 · No imports yet')
    else for (const record of records) context.out(line(record))
    return 0
  },
})

function line({ id, at, collection, file, counts, via, who, undoneAt, undoable }: ImportRecord): string {
  const state = undoneAt !== null ? '已撤销 undone' : undoable ? '可撤销 can be undone' : '撤销期限已过 final'
  const { inserted, updated } = counts
  const by = via === 'command' ? who : '网页 web'
  return `${id}  ${at}  ${collection}  ${file}  +${inserted} ~${updated}  ${by}  ${state}`
}
