import type { AuditEntry } from '@minqing/data/domain/audit'
import { allOf } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

export type AuditQuery = {
  from?: string | undefined
  to?: string | undefined
  action?: string | undefined
  object?: string | undefined
  result?: string | undefined
  /** Name or id of an account, token, device or command's user. */
  actor?: string | undefined
  limit: number
}

/** Rows of the audit trail that the transaction may see, the newest first. */
export async function listAudit(
  transaction: Transaction,
  { from, to, action, object, result, actor, limit }: AuditQuery,
): Promise<AuditEntry[]> {
  const rows = await transaction<AuditEntry[]>`
    select street_code, position, at, actor_kind, actor_id, actor_name, role, address, action, object, target, reason,
      result, details
    from audit
    where ${allOf(transaction, [
      from === undefined ? undefined : transaction`at >= ${from}`,
      to === undefined ? undefined : transaction`at < ${to}`,
      action === undefined ? undefined : transaction`action = ${action}`,
      object === undefined ? undefined : transaction`object = ${object}`,
      result === undefined ? undefined : transaction`result = ${result}`,
      actor === undefined ? undefined : transaction`(actor_name = ${actor} or actor_id = ${actor})`,
    ])}
    order by at desc, street_code, position desc limit ${limit}`
  return [...rows]
}
