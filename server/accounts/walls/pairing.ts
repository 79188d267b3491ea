import { randomInt } from 'node:crypto'
import {
  pairingAlphabet,
  pairingCodeLength,
  type PairingState,
  preparePairingCode,
  type WaitingWall,
  type WallPairing,
} from '@minqing/data/domain/wall-device'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../../access/actor.ts'
import { appendAudit } from '../../audit/append-audit.ts'
import type { Transaction } from '../../store/connect.ts'
import { type Accounts, withAccounts } from '../account-transaction.ts'
import { hashOf, makeToken } from '../credentials.ts'
import { checkAreas, refuseBeyond } from '../granted-areas.ts'
import type { Client } from '../sessions.ts'

const minute = 60_000
/** Milliseconds that a code is good for, and in which a screen fetches its token once it was confirmed. */
export const codeTime = 10 * minute
/** Screens that may wait at a time: more are nobody's screens. */
const mostWaiting = 500

/**
 * A screen asks to be paired.
 *
 * @throws ProblemError `too_many_requests`, `busy`
 */
export async function beginPairing(accounts: Accounts, { address, agent }: Client): Promise<WallPairing> {
  await accounts.limits.screens.take(address, undefined)
  const secret = makeToken()
  const now = accounts.now()
  const code = await withAccounts(accounts.database, async (transaction) => {
    await transaction`delete from wall_pairing where expires_at <= ${now}`
    const [held] = await transaction<{ waiting: number }[]>`select count(*) as waiting from wall_pairing`
    if ((held?.waiting ?? 0) >= mostWaiting) throw tooManyWaiting()
    // One of 2.5e10: that it is taken already may happen, and then another is.
    for (;;) {
      const made = makeCode()
      const { count } = await transaction`
        insert into wall_pairing (secret, code, address, agent, created_at, expires_at)
        values (${hashOf(secret)}, ${made}, ${address ?? null}, ${agent?.slice(0, 200) ?? null}, ${now},
          ${new Date(now.getTime() + codeTime)})
        on conflict (code) do nothing`
      if (count > 0) return made
    }
  })
  return { secret, code, seconds: codeTime / 1000 }
}

function makeCode(): string {
  return Array.from({ length: pairingCodeLength }, () => pairingAlphabet[randomInt(pairingAlphabet.length)]).join('')
}

/**
 * What has become of it, asked by the screen with its secret. The device token is made when it is fetched, and fetched
 * once.
 */
export async function claimPairing(
  { database, now }: Accounts,
  secret: string,
): Promise<{ state: PairingState; token?: string }> {
  const key = hashOf(secret)
  return withAccounts(database, async (transaction) => {
    const [held] = await transaction<{ device: string | null; refused: boolean }[]>`
      select device, refused from wall_pairing where secret = ${key} and expires_at > ${now()} for update`
    if (held === undefined) return { state: 'expired' }
    if (!held.refused && held.device === null) return { state: 'waiting' }
    await transaction`delete from wall_pairing where secret = ${key}`
    if (held.device === null) return { state: 'refused' }
    const token = makeToken()
    await transaction`update wall_device set token = ${hashOf(token)}, used_at = ${now()} where id = ${held.device}`
    return { state: 'paired', token }
  })
}

/**
 * The screen that shows a code.
 *
 * @throws ProblemError `not_found` for a wrong, a used and an expired code alike, `too_many_requests`
 */
export async function findWaiting(accounts: Accounts, actor: Actor, typed: string): Promise<WaitingWall> {
  return guessing(accounts, actor, (transaction) => waitingWith(transaction, typed, accounts.now()))
}

/**
 * Makes a device of the screen that shows the code: it fetches its token within seconds.
 *
 * @returns the id of the device.
 * @throws ProblemError as `findWaiting`; `forbidden` for an area beyond the actor's own.
 */
export async function confirmPairing(
  accounts: Accounts,
  actor: Actor,
  { code, name, area }: { code: string; name: string; area: string },
): Promise<string> {
  checkAreas([area])
  refuseBeyond(actor, [area])
  const now = accounts.now()
  return guessing(accounts, actor, async (transaction) => {
    const waiting = await waitingWith(transaction, code, now)
    const [device] = await transaction<{ id: string }[]>`
      insert into wall_device (name, area, paired_by, paired_at, address, agent)
      values (${name}, ${area}, ${actor.name}, ${now}, ${waiting.address}, ${waiting.agent}) returning id`
    const id = device?.id ?? ''
    await transaction`
      update wall_pairing set device = ${id}, expires_at = ${new Date(now.getTime() + codeTime)}
      where code = ${waiting.code}`
    const audited = { action: 'pair', object: 'wall_device', area, target: id } as const
    await appendAudit(transaction, actor, audited, 'done', { area })
    return id
  })
}

/** @throws ProblemError as `findWaiting` */
export async function refusePairing(accounts: Accounts, actor: Actor, code: string): Promise<void> {
  await guessing(accounts, actor, async (transaction) => {
    const waiting = await waitingWith(transaction, code, accounts.now())
    await transaction`update wall_pairing set refused = true where code = ${waiting.code}`
    const audited = { action: 'pair', object: 'wall_device' } as const
    await appendAudit(transaction, actor, audited, 'refused')
  })
}

/** Counts wrong codes by person and address. */
async function guessing<T>(
  { database, limits }: Accounts,
  { id, address }: Actor,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const uncount = await limits.codes.take(address, id)
  const found = await withAccounts(database, work)
  await uncount()
  return found
}

/** One statement and one refusal, whatever is the matter with the code. */
async function waitingWith(transaction: Transaction, typed: string, now: Date): Promise<WaitingWall> {
  const [found] = await transaction<WaitingWall[]>`
    select code, address, agent, created_at from wall_pairing
    where code = ${preparePairingCode(typed)} and expires_at > ${now} and device is null and not refused for update`
  if (found !== undefined) return found
  throw new ProblemError(
    'not_found',
    { zh: '没有大屏正在显示这个配对码', en: 'No screen is showing this code' },
    {
      parameter: 'code',
      remedy: {
        zh: '请核对大屏上的配对码；它十分钟更换一次',
        en: 'Compare it with the code on the screen, which changes every ten minutes',
      },
    },
  )
}

function tooManyWaiting(): ProblemError {
  return new ProblemError(
    'busy',
    { zh: '等待配对的大屏过多', en: 'Too many screens wait to be paired' },
    { remedy: { zh: '请几分钟后再试', en: 'Try again in some minutes' } },
  )
}
