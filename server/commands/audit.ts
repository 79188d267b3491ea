import { auditFaultLabels } from '@minqing/data/domain/audit'
import { verifyAudit } from '../audit/verify-audit.ts'
import { defineCommand, UsageError } from './command.ts'

export const auditCommand = defineCommand({
  name: 'audit',
  summary: { zh: '核验审计记录', en: 'Verify the audit trail' },
  help: `用法 · Usage
  minqing audit verify

  审计记录按街道首尾相接（SHA-256），只能由系统追加。本命令逐条核验，列出每条链上第一处被改动、删除、调换或
  另行插入的记录。
  The audit trail is one chain a sub-district (SHA-256), appended to by the system alone. This command verifies every
  row and names the first of each chain that was changed, removed, moved or appended in another way.

退出码 · Exit code
  0 完好 · every chain holds   1 有改动 · one is broken

例 · Example
  minqing audit verify`,
  options: {},
  run: async (context, { positionals }) => {
    if (positionals.length !== 1 || positionals[0] !== 'verify') throw new UsageError('minqing audit verify')
    const { rows, faults: found } = await verifyAudit(await context.database())
    for (const { streetCode, position, fault } of found)
      context.out(
        `${streetCode} 第 ${position} 条 · row ${position}：${auditFaultLabels[fault].zh} · ${auditFaultLabels[fault].en}`,
      )
    context.out(
      found.length === 0
        ? `${rows} 条审计记录完好 · ${rows} rows, every chain holds`
        : `${found.length} 条链被破坏：请保留现场并联系安全管理员 · chains are broken: keep the database as it is and tell the security officer`,
    )
    return found.length === 0 ? 0 : 1
  },
})
