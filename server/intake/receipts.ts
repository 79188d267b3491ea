import { createHash, randomBytes } from 'node:crypto'
import type { Transaction } from '../store/connect.ts'

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
