import { z } from 'zod'
import type { AccessObject, Action } from './access.ts'
import { actionLabels, objectLabels } from './access-labels.ts'
import type { ImportCollection } from './import.ts'
import { Instant } from './instant.ts'
import type { Label } from './label.ts'

export const auditResults = ['done', 'refused', 'failed'] as const
export const AuditResult = z.enum(auditResults)
export type AuditResult = z.output<typeof AuditResult>

export const auditResultLabels: Record<AuditResult, Label> = {
  done: { zh: '成功', en: 'done' },
  refused: { zh: '被拒绝', en: 'refused' },
  failed: { zh: '未通过', en: 'failed' },
}

/** What is recorded besides the actions of the table of rights. */
const ownActionLabels = {
  import: { zh: '导入', en: 'import' },
  forget: { zh: '清理', en: 'clear' },
  make: { zh: '生成', en: 'make' },
  mend: { zh: '重建', en: 'recompute' },
  sign_in: { zh: '登录', en: 'sign in' },
  prove: { zh: '再次验证', en: 'prove again' },
  enrol: { zh: '绑定', en: 'enrol' },
  grant: { zh: '授权', en: 'grant' },
  revoke: { zh: '收回授权', en: 'revoke' },
  reset: { zh: '重置', en: 'reset' },
  enable: { zh: '启用', en: 'enable' },
  disable: { zh: '停用', en: 'disable' },
} satisfies Record<string, Label>

const ownObjectLabels = {
  password: { zh: '密码', en: 'password' },
  second_factor: { zh: '身份验证器', en: 'second factor' },
  postgis: { zh: 'PostGIS 视图', en: 'PostGIS views' },
  scheduled_export: { zh: '定时导出', en: 'scheduled exports' },
} satisfies Record<string, Label>

/** Imports name the collection that rows go into. */
const collectionLabels: Record<ImportCollection, Label> = {
  areas: objectLabels.area,
  streets: { zh: '街道', en: 'sub-districts' },
  communities: { zh: '社区', en: 'communities' },
  grids: { zh: '网格', en: 'grids' },
  buildings: objectLabels.building,
  incidents: objectLabels.incident,
  facilities: objectLabels.facility,
  base: objectLabels.map,
}

export type AuditAction = Action | keyof typeof ownActionLabels
export type AuditObject = AccessObject | ImportCollection | keyof typeof ownObjectLabels

const auditActionLabels: Record<AuditAction, Label> = { ...actionLabels, ...ownActionLabels }
const auditObjectLabels: Record<AuditObject, Label> = { ...objectLabels, ...ownObjectLabels, ...collectionLabels }

export const auditActions = Object.keys(auditActionLabels) as AuditAction[]
export const auditObjects = Object.keys(auditObjectLabels) as AuditObject[]

/** Rows of earlier versions may name what is no longer there: as it is then. */
function labelIn(labels: Readonly<Record<string, Label>>, code: string): Label {
  return (Object.hasOwn(labels, code) ? labels[code] : undefined) ?? { zh: code, en: code }
}

export function auditActionLabel(action: string): Label {
  return labelIn(auditActionLabels, action)
}

export function auditObjectLabel(object: string): Label {
  return labelIn(auditObjectLabels, object)
}

const actorKindLabels: Readonly<Record<string, Label>> = {
  person: { zh: '人员', en: 'person' },
  program: { zh: '程序', en: 'program' },
  wall: { zh: '大屏', en: 'wall' },
  command: { zh: '服务器上的命令', en: 'command on the server' },
  system: { zh: '系统', en: 'system' },
}

export function actorKindLabel(kind: string): Label {
  return labelIn(actorKindLabels, kind)
}

/** Stands in the place of a street for what belongs to none. */
export const noStreetCode = '000000000'

/** A row of the audit trail. */
export const AuditEntry = z.object({
  /** `noStreetCode` for what belongs to no street. */
  streetCode: z.string(),
  position: z.int().min(1),
  at: Instant,
  actorKind: z.string(),
  actorId: z.string(),
  actorName: z.string(),
  role: z.string(),
  address: z.string().nullable(),
  action: z.string(),
  object: z.string(),
  target: z.string().nullable(),
  reason: z.string().nullable(),
  result: AuditResult,
  details: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.output<typeof AuditEntry>

/** Names a row within the whole trail: `<street>-<position>`. */
export function auditEntryId({ streetCode, position }: Pick<AuditEntry, 'streetCode' | 'position'>): string {
  return `${streetCode}-${position}`
}

/** Who has done something, by which the trail can be searched. */
export const AuditActor = z.object({ id: z.string(), kind: z.string(), name: z.string(), lastAt: Instant })
export type AuditActor = z.output<typeof AuditActor>

/** `missing`: rows from here on are gone; `appended`: by another way than the system's. */
export const auditFaults = ['changed', 'missing', 'order', 'appended'] as const

export const auditFaultLabels: Record<(typeof auditFaults)[number], Label> = {
  changed: { zh: '内容与写入时不同', en: 'not as it was written' },
  missing: { zh: '此处的记录已被删除', en: 'rows from here on are missing' },
  order: { zh: '时间早于前一条', en: 'older than the one before' },
  appended: { zh: '不是由系统追加的', en: 'not appended by the system' },
}

/** The first row of a street's chain at which it breaks. */
export const AuditFault = z.object({ streetCode: z.string(), position: z.int(), fault: z.enum(auditFaults) })
export type AuditFault = z.output<typeof AuditFault>

/** What verifying all rows has found; those written until `at` were looked at. */
export const AuditVerification = z.object({
  at: Instant,
  /** Name of who had it verified. */
  by: z.string(),
  rows: z.int(),
  /** Of each broken chain the first row at fault, at most twenty. */
  faults: z.array(AuditFault),
})
export type AuditVerification = z.output<typeof AuditVerification>
