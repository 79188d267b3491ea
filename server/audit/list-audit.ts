import { type AuditActor, type AuditEntry, auditEntryId, type AuditResult } from '@minqing/data/domain/audit'
import { ProblemError } from '@minqing/data/domain/problem'
import { allOf, type Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { readAhead } from '../store/read-ahead.ts'

export type AuditFilter = {
  from?: string | undefined
  /** Not in it. */
  to?: string | undefined
  action?: string | undefined
  object?: string | undefined
  result?: AuditResult | undefined
  /** Id of an account, token or device, or the name of a machine's account. A person's name would stand in addresses. */
  actor?: string | undefined
  street?: string | undefined
}

const rowsPerFetch = 1000

/**
 * A page of the audit trail that the transaction may see, the newest row first.
 *
 * @param after the row (`auditEntryId`) that the page follows; without it, it is the first.
 * @returns `next`: what `after` is for the next page; null where there is none.
 * @throws ProblemError `bad_parameter` where there is no row `after`
 */
export async function listAudit(
  transaction: Transaction,
  filter: AuditFilter,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ entries: AuditEntry[]; next: string | null }> {
  const last = after === undefined ? undefined : await placeOf(transaction, after)
  const rows = await transaction<AuditEntry[]>`
    ${selectEntries(transaction, filter, last)} limit ${limit + 1}`
  const entries = rows.slice(0, limit)
  const end = entries.at(-1)
  return { entries, next: rows.length > limit && end !== undefined ? auditEntryId(end) : null }
}

/** All of them, some hundred at a time. */
export function auditEntries(transaction: Transaction, filter: AuditFilter): AsyncIterable<AuditEntry[]> {
  return readAhead(transaction<AuditEntry[]>`${selectEntries(transaction, filter)}`.cursor(rowsPerFetch))
}

/** Who has done something in a period, the last one first. */
export async function listActors(
  transaction: Transaction,
  { from, to }: Pick<AuditFilter, 'from' | 'to'>,
): Promise<AuditActor[]> {
  const rows = await transaction<AuditActor[]>`
    select actor_id as id, max(actor_kind) as kind, max(actor_name) as name, max(at) as last_at from audit
    where ${conditions(transaction, { from, to })}
    group by actor_id order by last_at desc, id limit ${mostActors}`
  return [...rows]
}
const mostActors = 1000

/** Where a row stands in the order of the list. Its time as text: an instant has milliseconds, a row microseconds. */
type Place = { at: string; street: string; position: string }

/** The newest first; those behind the place alone, if one is given. */
function selectEntries(transaction: Transaction, filter: AuditFilter, last?: Place): Fragment {
  const behind =
    last === undefined
      ? transaction`true`
      : transaction`(at, street_code, position)
          < (${last.at}::text::timestamptz, ${last.street}::text, ${last.position}::text::bigint)`
  return transaction`
    select street_code, position, at, actor_kind, actor_id, actor_name, role, address, action, object, target, reason,
      result, details
    from audit where ${conditions(transaction, filter)} and ${behind}
    order by at desc, street_code desc, position desc`
}

function conditions(
  transaction: Transaction,
  { from, to, action, object, result, actor, street }: AuditFilter,
): Fragment {
  return allOf(transaction, [
    from === undefined ? undefined : transaction`at >= ${from}`,
    to === undefined ? undefined : transaction`at < ${to}`,
    action === undefined ? undefined : transaction`action = ${action}`,
    object === undefined ? undefined : transaction`object = ${object}`,
    result === undefined ? undefined : transaction`result = ${result}`,
    actor === undefined ? undefined : transaction`actor_id = ${actor}`,
    street === undefined ? undefined : transaction`street_code = ${street}`,
  ])
}

async function placeOf(transaction: Transaction, id: string): Promise<Place> {
  const [street = '', position = ''] = id.split('-')
  const [row] = await transaction<{ at: string }[]>`
    select at::text as at from audit where street_code = ${street} and position = ${position}::text::bigint`
  if (row === undefined)
    throw new ProblemError(
      'bad_parameter',
      { zh: `没有编号为“${id}”的审计记录`, en: `There is no row “${id}” in the audit trail` },
      { parameter: 'after', remedy: { zh: '请从第一页重新开始', en: 'Begin again with the first page' } },
    )
  return { at: row.at, street, position }
}
