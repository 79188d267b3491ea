import type { Transaction } from '../../store/connect.ts'
import type { ImportRecord } from '@minqing/data/domain/import'

/** The newest imports first. */
export async function listImports(transaction: Transaction, limit = 100): Promise<ImportRecord[]> {
  return transaction<ImportRecord[]>`
    select id, at, via, who, collection, source, file, format, counts, undone_at, undo_until,
      undone_at is null and not forgotten and undo_until > now() as undoable
    from import_batch order by id desc limit ${limit}`
}
