import type { Transaction } from '../../store/connect.ts'

/** Any number, the same everywhere. */
const importLock = 7_301_997

/** Imports number new areas and buildings, and undoing takes them away: all go one after the other. */
export async function lockImports(transaction: Transaction): Promise<void> {
  await transaction`select pg_advisory_xact_lock(${importLock})`
}
