import type { Transaction } from '../../store/connect.ts'

/** Drops the before-images of imports that can no longer be undone. Returns how many imports that were. */
export async function forgetExpired(transaction: Transaction): Promise<number> {
  const expired = await transaction<{ id: number; streets: string[] }[]>`
    update import_batch set forgotten = true where undo_until <= now() and not forgotten returning id, streets`
  if (expired.length > 0)
    await transaction`
      delete from import_before
      where street_code = any(${[...new Set(expired.flatMap(({ streets }) => streets))]}::text[])
        and batch = any(${expired.map(({ id }) => id)}::integer[])`
  return expired.length
}
