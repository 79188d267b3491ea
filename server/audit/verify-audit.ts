import type { Database } from '../store/connect.ts'

/** `changed`: another content than was written; `missing`: not there; `order`: older than the one before; `appended`: by another way. */
export type AuditFault = { streetCode: string; position: number; fault: 'changed' | 'missing' | 'order' | 'appended' }

/** The first row of each street's audit trail at which its chain breaks; none where every chain holds. */
export async function verifyAudit(database: Database): Promise<{ rows: number; faults: AuditFault[] }> {
  return database.begin('isolation level repeatable read read only', async (transaction) => {
    await transaction`set local statement_timeout = 0`
    const [{ rows }] = await transaction<[{ rows: number }]>`select count(*) as rows from audit`
    const faults = await transaction<AuditFault[]>`
      select street_code, "position", fault from broken_audit() order by street_code`
    return { rows, faults: [...faults] }
  })
}
