import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { caseNotThere } from '../workflow/read-loop.ts'
import { writeAs } from '../writing/write-as.ts'

/** Crockford's base 32: no letter looks like a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 26

/** A code that nobody can guess: 130 random bits. */
function newReceiptCode(): string {
  const bytes = randomBytes(length)
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('')
}

export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Issues another receipt of a case: the code is given once, and stored as its digest alone. */
export async function issueReceipt(
  transaction: Transaction,
  street: string,
  number: string,
  now: Date,
): Promise<string> {
  const code = newReceiptCode()
  await transaction`
    insert into incident_receipt (street_code, digest, number, issued_at)
    values (${street}, ${digestOf(code)}, ${number}, ${now})`
  return code
}

/**
 * The same for a case that is there already; codes that were given before stay valid.
 *
 * @throws ProblemError `not_found`, also for what the actor may not see.
 */
export async function issueAnother(
  database: Database,
  actor: Actor,
  { street, number }: { street: string; number: string },
  now: Date,
): Promise<string> {
  const audited = { action: 'change', object: 'incident', area: street, target: number } as const
  return writeAs(database, actor, audited, async ({ transaction, details }) => {
    const [row] = await transaction`select from incident where street_code = ${street} and number = ${number}`
    if (row === undefined) throw caseNotThere(street, number)
    Object.assign(details, { receipt: 'issued' })
    return issueReceipt(transaction, street, number, now)
  })
}
