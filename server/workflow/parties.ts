import { createHash } from 'node:crypto'
import { fieldAccess } from '@minqing/data/domain/access'
import type { IncidentLoop, LoopParty } from '@minqing/data/domain/incident-workflow/incident-loop'
import { type IncidentParty, maskName, maskPhone, type NewParty } from '@minqing/data/domain/incident-party'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { writeAs } from '../writing/write-as.ts'
import { appendSteps, type TakenStep } from './append-steps.ts'
import { lockAt, readLoop } from './read-loop.ts'

type Row = Pick<IncidentParty, 'party' | 'kind' | 'isReporter' | 'name' | 'phone'> & { number: string }
type Case = { street: string; number: string }

/** What a party of a merged case is called in the case that it was merged into: a name that only it has. */
export function nameInTarget(number: string, party: string): string {
  return `${createHash('sha256').update(number).digest('hex').slice(0, 10)}-${party}`.slice(0, 40)
}

/**
 * The parties that a case has now, those of merged cases among them, masked as the actor's role has to see them.
 *
 * @throws ProblemError `not_found`
 */
export async function listParties(
  readFrom: ReadSource,
  actor: Actor,
  { street, number }: Case,
): Promise<IncidentParty[]> {
  // Who may write in a case reads who is in it; what of a name is shown is decided below.
  const scope = { role: 'writer', areas: actor.scope.areas } as const
  return readAs(readFrom, scope, async (transaction) => {
    const { loop } = await readLoop(transaction, street, number)
    const rows = await readRows(transaction, street, number, loop)
    return loop.parties.flatMap((party) => {
      const row = rows.get(party.id)
      return row === undefined ? [] : [shown(party, row, actor)]
    })
  })
}

/** Rows by the name that the case has for them. */
async function readRows(
  transaction: Transaction,
  street: string,
  number: string,
  { absorbed }: IncidentLoop,
): Promise<Map<string, Row>> {
  const numbers = [number, ...absorbed.map((one) => one.number)]
  const rows = await transaction<Row[]>`
    select number, party, kind, is_reporter, name, phone from incident_party
    where street_code = ${street} and number = any(${numbers}) order by created_at, party`
  return new Map(rows.map((row) => [row.number === number ? row.party : nameInTarget(row.number, row.party), row]))
}

function shown({ id, side, from }: LoopParty, { kind, isReporter, name, phone }: Row, { role }: Actor): IncidentParty {
  const nameAccess = fieldAccess(role, 'incident', 'partyName')
  const phoneAccess = fieldAccess(role, 'incident', 'partyPhone')
  const isMasked = nameAccess !== 'clear' || phoneAccess !== 'clear'
  const mask = kind === 'person' ? maskName : (text: string) => text
  return {
    party: id,
    side,
    kind,
    isReporter,
    from,
    name: nameAccess === 'clear' ? name : nameAccess === 'masked' ? mask(name) : '',
    phone: phoneAccess === 'clear' ? phone : phoneAccess === 'masked' ? maskPhone(phone) : '',
    isMasked,
  }
}

/**
 * Enters a party: the row with its name, and the step of the log without.
 *
 * @throws ProblemError as `takeStep`
 */
export async function addParty(
  database: Database,
  actor: Actor,
  { street, number }: Case,
  { sequence, party }: { sequence: number; party: NewParty },
  now: Date,
): Promise<TakenStep & { party: string }> {
  const audited = { action: 'change', object: 'incident', area: street, target: number } as const
  return writeAs(database, actor, audited, async (writing) => {
    const { transaction } = writing
    const loop = await lockAt(transaction, street, number, sequence)
    const [counted] = await transaction<[{ rows: number }]>`
      select count(*)::integer as rows from incident_party where street_code = ${street} and number = ${number}`
    const id = `p${counted.rows + 1}`
    await transaction`
      insert into incident_party (street_code, number, party, side, kind, name, phone)
      values (${street}, ${number}, ${id}, ${party.side}, ${party.kind}, ${party.name}, ${party.phone})`
    const content = { action: 'add_party', party: id, side: party.side, partyKind: party.kind } as const
    const by = { id: actor.id, role: actor.role }
    const { loop: _loop, ...taken } = await appendSteps(writing, { street, number }, loop, [{ content }], by, now)
    return { ...taken, party: id }
  })
}

/**
 * Name and number of a party, for who may reveal them; that it was done, and why, stands in the audit trail.
 *
 * @throws ProblemError `not_found`
 */
export async function revealParty(
  database: Database,
  actor: Actor,
  { street, number }: Case,
  { party, reason }: { party: string; reason: string },
): Promise<Pick<IncidentParty, 'name' | 'phone'>> {
  const audited = { action: 'reveal', object: 'incident', area: street, target: number, reason } as const
  return writeAs(database, actor, audited, async ({ transaction, details }) => {
    const { loop } = await readLoop(transaction, street, number)
    const row = (await readRows(transaction, street, number, loop)).get(party)
    if (row === undefined)
      throw new ProblemError(
        'not_found',
        { zh: `该事件没有当事人 ${party}`, en: `The case has no party ${party}` },
        { parameter: 'party', remedy: { zh: '请刷新后再操作', en: 'Read the case again' } },
      )
    details['party'] = party
    return { name: row.name, phone: row.phone }
  })
}
