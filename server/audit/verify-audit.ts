import type { AuditFault, AuditVerification } from '@minqing/data/domain/audit'
import type { Database, Transaction } from '../store/connect.ts'

/** What verifying the chains that a transaction may see has found. */
export type VerifiedChains = {
  rows: number
  /** Of each street the first row at which its chain breaks; none where every chain holds. */
  faults: AuditFault[]
  /** One of the streets that were looked at; null where there are no rows. */
  street: string | null
}

export async function verifyChains(transaction: Transaction): Promise<VerifiedChains> {
  const [{ rows, street }] = await transaction<[{ rows: number; street: string | null }]>`
    select count(*) as rows, min(street_code) as street from audit`
  const faults = await transaction<AuditFault[]>`
    select street_code, "position", fault from broken_audit() order by street_code`
  return { rows, street, faults: [...faults] }
}

/** The whole trail, however long that takes. */
export async function verifyAudit(database: Database): Promise<Pick<VerifiedChains, 'rows' | 'faults'>> {
  return database.begin('isolation level repeatable read read only', async (transaction) => {
    await transaction`set local statement_timeout = 0`
    const { rows, faults } = await verifyChains(transaction)
    return { rows, faults }
  })
}

/** The last time that it was verified for somebody, as far as the transaction may see that. */
export async function lastVerification(transaction: Transaction): Promise<AuditVerification | null> {
  const [row] = await transaction<{ at: string; by: string; details: { rows?: number; faults?: AuditFault[] } }[]>`
    select at, actor_name as by, details from audit where object = 'audit' and action = 'verify'
    order by at desc, street_code desc, position desc limit 1`
  if (row === undefined) return null
  const { at, by, details } = row
  return { at, by, rows: details.rows ?? 0, faults: details.faults ?? [] }
}
