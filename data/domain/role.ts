import { z } from 'zod'
import type { Label } from './label.ts'

/** As what somebody acts. A session acts in one role at a time: domain.md §6, and the separation of GB/T 22239 level 3. */
export const roleNames = [
  'grid_worker',
  'community',
  'mediator',
  'department',
  'duty_officer',
  'centre_lead',
  'supervisor',
  'analyst',
  'auditor',
  'administrator',
  'wall',
] as const

export const RoleName = z.enum(roleNames)
export type RoleName = z.output<typeof RoleName>

export const roleLabels: Record<RoleName, Label> = {
  grid_worker: { zh: '网格员', en: 'Grid worker' },
  community: { zh: '社区', en: 'Community' },
  mediator: { zh: '调解员', en: 'Mediator' },
  department: { zh: '职能部门', en: 'Department' },
  duty_officer: { zh: '值班员', en: 'Duty officer' },
  centre_lead: { zh: '中心负责人', en: 'Centre lead' },
  supervisor: { zh: '纪检督查', en: 'Supervisor' },
  analyst: { zh: '分析员', en: 'Analyst' },
  auditor: { zh: '审计员', en: 'Auditor' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
  wall: { zh: '大屏', en: 'Wall' },
}
