import { countIncidents } from '../../counts/count-incidents.ts'
import type { Transaction } from '../../store/connect.ts'

/** Notes when the cases that an undo will touch were reported, before and after it. */
export async function noteCases(transaction: Transaction, batch: number, streets: readonly string[]): Promise<void> {
  const inStreets = [...streets]
  await transaction`
    create temp table undone_case on commit drop as
    select street_code, reported_at from incident
    where street_code = any(${inStreets}::text[]) and import_batch = ${batch}
    union all
    select o.street_code, unnest(array[i.reported_at, (o.before ->> 'reported_at')::timestamptz])
    from import_before o join incident i on i.street_code = o.street_code and i.number = o.key
    where o.street_code = any(${inStreets}::text[]) and o.batch = ${batch} and o.collection = 'incident'`
}

/** Brings the counts of those months up to date. */
export async function recountCases(transaction: Transaction): Promise<void> {
  await countIncidents(transaction, transaction`select street_code, reported_at from undone_case`)
}
