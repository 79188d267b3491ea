import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../../server/store/connect.ts'

/** So many that the log of each stays short. */
const mostCases = 1000

/** A case that is acted on, with the sequence of its last step. */
type Case = { number: string; status: string; type: string; sequence: number; last: Promise<void> }

/** The street's newest cases in which something may happen. */
async function findCases(database: Database, street: string): Promise<Case[]> {
  const rows = await database<Omit<Case, 'last'>[]>`
    select number, status, type, (select max(sequence) from incident_step s
      where s.street_code = i.street_code and s.number = i.number) as sequence
    from incident i where street_code = ${street} and status in ('30', '40', '45', '50', '70', '75')
    order by reported_at desc limit ${mostCases}`
  return rows.map((row) => ({ ...row, last: Promise.resolve() }))
}

/**
 * Takes so many steps a second over HTTP for some seconds, whether or not the steps before have been answered, on cases of a
 * street in turn. Resolves to how many were taken, and
 * how many a second: fewer where they are answered late.
 *
 * @throws Error where one is refused
 */
export async function takeSteps(
  { address, token, street, database }: { address: string; token: string; street: string; database: Database },
  { rate, seconds }: { rate: number; seconds: number },
): Promise<{ taken: number; perSecond: number }> {
  const cases = await findCases(database, street)
  const began = performance.now()
  const coming: Promise<void>[] = []
  const failures: unknown[] = []
  for (let step = 0; step < rate * seconds && failures.length === 0; step++) {
    await delay(Math.max(began + (step * 1000) / rate - performance.now(), 0))
    const one = cases[step % cases.length]!
    // The next step follows from this one's answer.
    await one.last
    const risk = Math.floor(step / cases.length) % 2 === 0 ? 'orange' : 'yellow'
    one.last = take(address, token, street, one, risk).catch((error: unknown) => void failures.push(error))
    coming.push(one.last)
  }
  await Promise.all(coming)
  if (failures.length > 0) throw failures[0]
  return { taken: coming.length, perSecond: (coming.length * 1000) / (performance.now() - began) }
}

/** One that leaves the case where it is. */
function stepOf({ status, type }: Case, risk: string): { action: string; content: object } {
  return status.startsWith('7')
    ? { action: 'repeat_visit', content: {} }
    : { action: 'classify', content: { type, risk, urgency: '2' } }
}

async function take(address: string, token: string, street: string, one: Case, risk: string): Promise<void> {
  const response = await fetch(`${address}/api/incidents/${street}/${one.number}/steps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ sequence: one.sequence, ...stepOf(one, risk) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`a step was answered with ${response.status}: ${text}`)
  one.sequence = (JSON.parse(text) as { sequence: number }).sequence
}
