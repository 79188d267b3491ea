import { streetOf } from '@minqing/data/domain/area-code'
import { type AuditAction, type AuditObject, type AuditResult, noStreetCode } from '@minqing/data/domain/audit'
import type { RoleName } from '@minqing/data/domain/role'
import type { Actor } from '../access/actor.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { roleSettings } from '../store/scope.ts'

/** What an actor does, as the audit trail names it; never with a text that a person wrote. */
export type AuditedAction = {
  action: AuditAction
  object: AuditObject
  /** The area that it concerns; without it, no street in particular. */
  area?: string | undefined
  /** Number or code of the object. */
  target?: string | undefined
  /** As the actor gave it. */
  reason?: string | undefined
}

/** Whom a row names. Before anybody has signed in there is no role. */
export type AuditedActor = Pick<Actor, 'kind' | 'id' | 'name' | 'address'> & { role: RoleName | '' }

/**
 * Appends a row to the audit trail of the street, chained to the one before it (030.do.writers-and-audit.sql). It is
 * there when the transaction commits, and not otherwise: what cannot be recorded is not done.
 *
 * @param details counts and codes; nothing personal.
 */
export async function appendAudit(
  transaction: Transaction,
  { kind, id, name, role, address }: AuditedActor,
  { action, object, area, target, reason }: AuditedAction,
  result: AuditResult,
  details: Record<string, unknown> = {},
): Promise<void> {
  const street = area === undefined || area.length < noStreetCode.length ? noStreetCode : streetOf(area)
  await transaction`
    select append_audit(${street}, ${kind}, ${id}, ${name}, ${role}, ${address ?? null}, ${action}, ${object},
      ${target ?? null}, ${reason ?? null}, ${result}, ${transaction.json(details as never)})`
}

/**
 * Records what is done without writing: a refusal, or an export before its first byte is sent.
 *
 * @throws where it cannot be recorded; what it records must not be done then
 */
export async function recordAs(
  database: Database,
  actor: AuditedActor,
  audited: AuditedAction,
  result: AuditResult,
  details: Record<string, unknown> = {},
): Promise<void> {
  await database.begin(async (transaction) => {
    await transaction.unsafe(roleSettings('writer', ['all']))
    await appendAudit(transaction, actor, audited, result, details)
  })
}
