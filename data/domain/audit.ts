import { z } from 'zod'
import { Instant } from './instant.ts'

export const auditResults = ['done', 'refused', 'failed'] as const
export const AuditResult = z.enum(auditResults)
export type AuditResult = z.output<typeof AuditResult>

/** A row of the audit trail. */
export const AuditEntry = z.object({
  /** `000000000` for what belongs to no street. */
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
