import { checkCounts, mendCounts, type CountFault } from '../counts/check-counts.ts'
import { touch } from '../store/collection-versions.ts'
import { defineCommand, UsageError } from './command.ts'

const shown = 20

export const checkCommand = defineCommand({
  name: 'check',
  summary: { zh: '核对事件计数', en: 'Check the kept counts of incidents' },
  help: `用法 · Usage
  minqing check [--mend]

  各处显示的件数由写入事件的同一事务维护。本命令逐件重新统计，列出不一致之处。
  The numbers shown everywhere are kept by the transactions that write incidents. This command counts every incident
  anew and names what differs.

  --mend  按事件重新生成全部计数 · make all counts anew from the incidents

退出码 · Exit code
  0 一致（或已重建）· they agree, or have been made anew   1 不一致 · they differ

例 · Example
  minqing check`,
  options: { mend: { type: 'boolean' } },
  run: async (context, { values, positionals }) => {
    if (positionals.length > 0) throw new UsageError(`多余的参数 “${positionals[0]}” · unexpected argument`)
    const database = await context.database()
    if (values.mend === true) {
      await mendCounts(database)
      await database.begin((transaction) => touch(transaction, ['incidents']))
      context.out('全部计数已重建 · All counts are made anew')
      return 0
    }
    const faults = await checkCounts(database, (done, of) => {
      if (done < of) context.report(`已核对 ${done}/${of} · checked`)
    })
    for (const fault of faults.slice(0, shown)) context.out(said(fault))
    if (faults.length > shown) context.out(`…… 另有 ${faults.length - shown} 处 · and more`)
    context.out(
      faults.length === 0
        ? '计数与事件一致 · The counts agree with the incidents'
        : `${faults.length} 处不一致，可用 minqing check --mend 重建 · differences; minqing check --mend makes the counts anew`,
    )
    return faults.length === 0 ? 0 : 1
  },
})

function said({ streetCode, month, stored, counted, what }: CountFault): string {
  const where = streetCode === '' ? '全部街道 all streets' : streetCode
  const part = { cells: '分项 cells', sums: '小计 sums', overdue: '超期 overdue', total: '总计 total' }[what]
  return `${where} ${month.slice(0, 7)} ${part}：记为 stored ${stored}，实为 counted ${counted}`
}
