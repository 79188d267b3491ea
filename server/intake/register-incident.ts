import { streetOf } from '@minqing/data/domain/area-code'
import { guessType } from '@minqing/data/domain/guess-type'
import { emptyLoop } from '@minqing/data/domain/incident-workflow/incident-loop'
import { homeDay } from '@minqing/data/domain/instant'
import { type IncidentReport, type Registered, titleOf } from '@minqing/data/domain/intake'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import { pointText } from '../store/copy-rows.ts'
import type { Database, Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import { appendSteps, type WrittenStep } from '../workflow/append-steps.ts'
import { writeAs, type Writing } from '../writing/write-as.ts'
import { readTimeLimits } from '../clocks/read-limits.ts'
import { findStreet } from '../areas/find-street.ts'
import type { ReportPlace, ReportPlaces } from './place-report.ts'
import { digestOf, issueReceipt } from './receipts.ts'

/** A report, and the key by which the same request is known when it is sent again. */
export type IntakeRequest = { report: IncidentReport; key: string | undefined; externalNumber?: string | undefined }

/** Five digits: those of ledgers and of the demo have four. */
const firstNumber = 10_001

/**
 * Registers a new incident with its first steps, its reporter and a receipt; all of it or nothing. A request with a key
 * that the actor has used before makes no second incident: it is answered with the first one and another receipt.
 *
 * @throws ProblemError `bad_parameter` where it is not clear to which street it belongs, or for a place outside of the
 *   actor's areas; `conflict` where the key was used for another request
 */
export async function registerIncident(
  database: Database,
  actor: Actor,
  places: ReportPlaces,
  { report, key, externalNumber }: IntakeRequest,
  now: Date,
): Promise<Registered> {
  const scope: Scope = { role: 'writer', areas: actor.scope.areas }
  const audited = { action: 'create', object: 'incident' } as const
  return writeAs(database, actor, audited, async (writing) => {
    const { transaction } = writing
    const street = await findStreet(transaction, report.street ?? streetOfBuilding(report), scope)
    writing.area = street
    const [used, limits] = await Promise.all([
      key === undefined ? undefined : readKey(transaction, street, actor.id, key, report),
      readTimeLimits(transaction, street),
    ])
    if (used !== undefined) {
      writing.target = used
      writing.details['repeated'] = true
      return { ...(await readRegistered(transaction, street, used, now)), isRepeated: true }
    }
    const place = await places.place(transaction, street, report, scope)
    const type = report.type ?? guessType(`${report.title ?? ''} ${report.text}`)
    const title = report.title ?? titleOf(report.text)
    const steps = firstSteps(report, type, externalNumber)
    // Whoever registers in the same street waits from here on.
    const number = await insertIncident(transaction, street, { ...report, type, title }, place, now)
    const who = { id: actor.id, role: actor.role }
    const [{ sequence, position, status }, receipt] = await Promise.all([
      appendSteps(writing, { street, number }, emptyLoop, steps, who, now, limits),
      issueReceipt(transaction, street, number, now),
      insertReporter(transaction, street, number, report),
      ...(key === undefined ? [] : [storeKey(transaction, street, actor.id, key, report, number, now)]),
    ])
    describe(writing, number, report, type)
    return {
      street,
      number,
      receipt,
      status,
      sequence,
      position,
      title,
      type,
      communityCode: place.communityCode,
      gridCode: place.gridCode,
      reportedAt: now.toISOString(),
      isRepeated: false,
    }
  })
}

function streetOfBuilding({ buildingCode }: IncidentReport): string | undefined {
  return buildingCode === undefined ? undefined : streetOf(buildingCode)
}

/** Registration, what the reporter agrees to, and acceptance where it was asked for. */
function firstSteps(
  { reporter, urgency, involvedCount, isWilling, accept }: IncidentReport,
  type: IncidentType,
  externalNumber?: string,
): WrittenStep[] {
  const said = {
    type,
    urgency,
    ...(involvedCount === undefined ? {} : { involvedCount }),
    ...(externalNumber === undefined ? {} : { externalNumber }),
    ...(isWilling === null ? {} : { isWilling }),
  }
  const steps: WrittenStep[] = [{ content: { action: 'report', ...said } }]
  if (reporter !== undefined)
    steps.push({ content: { action: 'add_party', party: 'reporter', side: 'applicant', partyKind: 'person' } })
  if (isWilling === true) steps.push({ content: { action: 'choose_procedure', procedure: 'people_mediation' } })
  if (accept) steps.push({ content: { action: 'accept' } })
  return steps
}

/** For the audit trail: nothing that a person wrote. */
function describe(writing: Writing, number: string, { channel }: IncidentReport, type: IncidentType): void {
  writing.target = number
  Object.assign(writing.details, { channel, type })
}

async function insertReporter(
  transaction: Transaction,
  street: string,
  number: string,
  { reporter }: IncidentReport,
): Promise<void> {
  if (reporter === undefined) return
  await transaction`
    insert into incident_party (street_code, number, party, side, is_reporter, name, phone)
    values (${street}, ${number}, 'reporter', 'applicant', true, ${reporter.name}, ${reporter.phone})`
}

/**
 * Inserts it under the next free number of its day, and returns that; whoever registers at the same time waits for the
 * end of the transaction.
 */
async function insertIncident(
  transaction: Transaction,
  street: string,
  report: IncidentReport & { type: IncidentType; title: string },
  { communityCode, gridCode, buildingCode, position, source, certainty }: ReportPlace,
  now: Date,
): Promise<string> {
  const { type, channel, urgency, title, text, address, involvedCount = 0, happenedAt = now } = report
  const day = homeDay(now)
  for (;;) {
    const [taken] = await transaction<[{ last: number }]>`
      insert into intake_number (street_code, day, last) values (${street}, ${day}, ${firstNumber})
      on conflict (street_code, day) do update set last = intake_number.last + 1 returning last`
    const number = `${day.replaceAll('-', '')}-${taken.last}`
    // An import may have brought the number.
    const [inserted] = await transaction`
      insert into incident (street_code, number, community_code, grid_code, building_code, type, channel, urgency, status,
        title, text, address, involved_count, position, position_source, position_certainty, happened_at, reported_at, source)
      values (${street}, ${number}, ${communityCode}, ${gridCode}, ${buildingCode}, ${type}, ${channel}, ${urgency}, '10',
        ${title}, ${text}, ${address}, ${involvedCount},
        ${position === null ? null : pointText(position.lon, position.lat)}::text::point, ${source}, ${certainty},
        ${happenedAt}, ${now}, ${`intake:${channel}`})
      on conflict (street_code, number) do nothing returning number`
    if (inserted !== undefined) return number
  }
}

/**
 * The number of the incident that the key was used for before. Who sends the same key at the same time waits until the
 * first request is committed or given up.
 *
 * @throws ProblemError `conflict` where the request was another one
 */
async function readKey(
  transaction: Transaction,
  street: string,
  actorId: string,
  key: string,
  report: IncidentReport,
): Promise<string | undefined> {
  const lock = digestOf(JSON.stringify([street, actorId, key])).readBigInt64BE()
  const [, [before]] = await Promise.all([
    transaction`select pg_advisory_xact_lock(${String(lock)}::text::bigint)`,
    transaction<{ number: string; isSame: boolean }[]>`
      select number, request_digest = ${requestDigest(report)} as is_same from intake_key
      where street_code = ${street} and actor_id = ${actorId} and key_digest = ${digestOf(key)}`,
  ])
  if (before === undefined || before.isSame) return before?.number
  throw new ProblemError(
    'conflict',
    {
      zh: `该幂等键已用于事件 ${before.number}，内容不同`,
      en: `The key was used for incident ${before.number}, with another content`,
    },
    { parameter: 'Idempotency-Key', remedy: { zh: '请为新的请求使用新的键', en: 'Use a new key for a new request' } },
  )
}

async function storeKey(
  transaction: Transaction,
  street: string,
  actorId: string,
  key: string,
  report: IncidentReport,
  number: string,
  now: Date,
): Promise<void> {
  await transaction`
    insert into intake_key (street_code, actor_id, key_digest, request_digest, number, at)
    values (${street}, ${actorId}, ${digestOf(key)}, ${requestDigest(report)}, ${number}, ${now})`
}

function requestDigest(report: IncidentReport): Buffer {
  return digestOf(JSON.stringify(report))
}

/** An incident that is there already, with another receipt. */
async function readRegistered(
  transaction: Transaction,
  street: string,
  number: string,
  now: Date,
): Promise<Omit<Registered, 'isRepeated'>> {
  const [row] = await transaction<Omit<Registered, 'street' | 'number' | 'receipt' | 'isRepeated'>[]>`
    select i.status, i.title, i.type, i.community_code, i.grid_code, i.reported_at, s.sequence, s.position
    from incident i join incident_step s on s.street_code = i.street_code and s.number = i.number
    where i.street_code = ${street} and i.number = ${number} order by s.sequence desc limit 1`
  if (row === undefined)
    throw new ProblemError('not_found', { zh: `事件 ${number} 已被移除`, en: `Incident ${number} has been removed` })
  const reportedAt = new Date(row.reportedAt).toISOString()
  return { ...row, reportedAt, street, number, receipt: await issueReceipt(transaction, street, number, now) }
}
