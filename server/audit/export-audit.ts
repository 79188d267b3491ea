import {
  actorKindLabel,
  auditActionLabel,
  type AuditEntry,
  auditObjectLabel,
  auditResultLabels,
  noStreetCode,
} from '@minqing/data/domain/audit'
import type { Label, Language } from '@minqing/data/domain/label'
import { RoleName, roleLabels } from '@minqing/data/domain/role'
import { csvHeader, csvText } from '@minqing/data/formats/csv/write-csv'
import { localTimeText } from '@minqing/data/formats/values/local-time-text'
import type { Transaction } from '../store/connect.ts'
import { auditEntries, type AuditFilter } from './list-audit.ts'

/** The rows of a filter as a table, read as they are asked for. */
export async function* auditCsv(
  transaction: Transaction,
  filter: AuditFilter,
  language: Language,
): AsyncGenerator<string> {
  yield csvHeader(columns.map(({ label }) => label[language]))
  for await (const entries of auditEntries(transaction, filter))
    yield csvText(entries.map((entry) => columns.map(({ value }) => value(entry, language))))
}

/** The same as JSON, one row a line. */
export async function* auditJsonLines(transaction: Transaction, filter: AuditFilter): AsyncGenerator<string> {
  for await (const entries of auditEntries(transaction, filter))
    yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
}

function roleName(role: string, language: Language): string {
  const known = RoleName.safeParse(role).data
  return known === undefined ? role : roleLabels[known][language]
}

const columns: readonly { label: Label; value: (entry: AuditEntry, language: Language) => string | number | null }[] = [
  { label: { zh: '时间', en: 'time' }, value: ({ at }) => localTimeText(at) },
  { label: { zh: '操作人', en: 'who' }, value: ({ actorName }) => actorName },
  { label: { zh: '操作人类别', en: 'kind' }, value: ({ actorKind }, language) => actorKindLabel(actorKind)[language] },
  { label: { zh: '操作人编号', en: 'who, id' }, value: ({ actorId }) => actorId },
  { label: { zh: '身份', en: 'role' }, value: ({ role }, language) => roleName(role, language) },
  { label: { zh: '客户端地址', en: 'address' }, value: ({ address }) => address },
  { label: { zh: '操作', en: 'action' }, value: ({ action }, language) => auditActionLabel(action)[language] },
  { label: { zh: '对象', en: 'object' }, value: ({ object }, language) => auditObjectLabel(object)[language] },
  { label: { zh: '对象编号', en: 'object, id' }, value: ({ target }) => target },
  { label: { zh: '理由', en: 'reason' }, value: ({ reason }) => reason },
  { label: { zh: '结果', en: 'result' }, value: ({ result }, language) => auditResultLabels[result][language] },
  { label: { zh: '详情', en: 'details' }, value: ({ details }) => JSON.stringify(details) },
  {
    label: { zh: '街道编码', en: 'sub-district' },
    value: ({ streetCode }) => (streetCode === noStreetCode ? null : streetCode),
  },
  { label: { zh: '序号', en: 'position' }, value: ({ position }) => position },
]
