import { touch } from '../../../server/store/collection-versions.ts'
import type { Database } from '../../../server/store/connect.ts'
import { readSteps } from '../../../server/live/read-log.ts'
import { encodeEvent } from '../../../server/live/live-stream.ts'

/** Writes steps behind the end of a street's log, of as many of its incidents; they come into it by `advance`. */
export async function prepareSteps(database: Database, street: string, steps: number): Promise<void> {
  await database`
    insert into incident_step (street_code, number, sequence, position, to_status, at, action)
    select ${street}, i.number, s.sequence + 1, h.position + row_number() over (), i.status, now(), 'repeat_visit'
    from (select number, status from incident where street_code = ${street} order by number limit ${steps}) i
    cross join (select position from log_head where street_code = ${street}) h
    cross join lateral (
      select max(sequence) as sequence from incident_step where street_code = ${street} and number = i.number) s`
}

/** Brings prepared steps into the log and notifies the server. Resolves to the last position. */
export async function advance(database: Database, street: string, steps: number): Promise<number> {
  const last = await database.begin(async (transaction) => {
    const [head] = await transaction<{ position: number }[]>`
      update log_head set position = position + ${steps} where street_code = ${street} returning position`
    await touch(transaction, ['incidents'], true)
    return head!.position
  })
  return last
}

/** The bytes of the events in (after, until], as they are sent. */
export async function bytesOf(database: Database, street: string, after: number, until: number): Promise<Uint8Array> {
  const steps = await database.begin((transaction) => readSteps(transaction, street, after, until))
  return Buffer.concat(steps.map((step) => encodeEvent('step', step, `${street}:${step.position}`)))
}
