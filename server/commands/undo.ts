import { ProblemError } from '@minqing/data/domain/problem'
import { commandActor } from '../access/actor.ts'
import { undoImport } from '../imports/undo/undo-import.ts'
import { defineCommand, UsageError } from './command.ts'

export const undoCommand = defineCommand({
  name: 'undo',
  summary: { zh: '整体撤销一次导入', en: 'Take an import back as a whole' },
  help: `用法 · Usage
  minqing undo <编号 number>

  撤销一次导入：新增的行删除，更新的行恢复原样。编号见 minqing imports
  Undoes an import: rows it inserted are removed, rows it updated are restored. minqing imports has the numbers

  后来又改动过的导入不能撤销，会说明是什么改动
  An import whose rows have changed since is refused, with what changed

  退出码 · exit code: 0 已撤销 undone, 1 不能撤销 refused, 2 无法执行 could not run

例 · Example
  minqing undo 12`,
  options: {},
  run: async (context, { positionals }) => {
    const [text, ...rest] = positionals
    if (text === undefined || rest.length > 0 || !/^[1-9]\d{0,8}$/.test(text))
      throw new UsageError('minqing undo <编号>：需要一次导入的编号 · needs the number of an import')
    try {
      const { id, file, removed, restored } = await undoImport(await context.database(), commandActor(), Number(text))
      context.out(`已撤销导入 ${id}（${file}）：删除 ${removed}，恢复 ${restored}`)
      context.out(`Import ${id} (${file}) is undone: ${removed} removed, ${restored} restored`)
      return 0
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      context.report(`${error.detail.zh}\n${error.detail.en}`)
      if (error.remedy !== undefined) context.report(`${error.remedy.zh}\n${error.remedy.en}`)
      return 1
    }
  },
})
