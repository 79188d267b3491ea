import { needsSecondFactor } from '@minqing/data/domain/access'
import type { RoleName } from '@minqing/data/domain/role'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Database } from '../store/connect.ts'
import { type Accounts, announceActors, withAccounts } from './account-transaction.ts'
import { checkAreas, isWithin, refuseBeyond } from './granted-areas.ts'
import { hashOf, makeToken } from './credentials.ts'

export type AccessToken = {
  id: string
  name: string
  role: RoleName
  areas: readonly string[]
  createdBy: string
  createdAt: string
  expiresAt: string
  revokedAt: string | null
}

/** So that a token that is found somewhere is recognised as what it is. */
const prefix = 'mq_'

/**
 * @returns the token, which is stored nowhere.
 * @throws ProblemError `bad_parameter` for a role that needs a second factor, which a program has not, and for what is
 * no area; `forbidden` for areas beyond the actor's own.
 */
export async function addAccessToken(
  database: Database,
  actor: Actor,
  given: Pick<AccessToken, 'name' | 'role' | 'areas'> & { expiresAt: Date },
  now: Date,
): Promise<{ id: string; token: string }> {
  checkAreas(given.areas)
  refuseBeyond(actor, given.areas)
  if (needsSecondFactor(given.role))
    throw new ProblemError(
      'bad_parameter',
      {
        zh: `角色 ${given.role} 须使用两种方式验证身份，不能用于程序`,
        en: `The role ${given.role} needs a second factor, which a program has not`,
      },
      { parameter: 'role', remedy: { zh: '例如 analyst', en: 'Use analyst, for example' } },
    )
  const token = `${prefix}${makeToken()}`
  const { name, role, areas, expiresAt } = given
  const id = await withAccounts(database, async (transaction) => {
    const [row] = await transaction<{ id: string }[]>`
      insert into access_token (token, name, role, areas, created_by, created_at, expires_at)
      values (${hashOf(token)}, ${name}, ${role}, ${[...areas]}, ${actor.name}, ${now}, ${expiresAt}) returning id`
    const audited = { action: 'create', object: 'token', target: row?.id } as const
    await appendAudit(transaction, actor, audited, 'done', { role, areas, expiresAt: expiresAt.toISOString() })
    return row?.id ?? ''
  })
  return { id, token }
}

export function listAccessTokens(database: Database): Promise<AccessToken[]> {
  return withAccounts(
    database,
    (transaction) => transaction<AccessToken[]>`
      select id, name, role, areas, created_by, created_at, expires_at, revoked_at from access_token
      order by created_at, id`,
  )
}

/** @throws ProblemError `not_found` where the actor's areas have none of this id that is not revoked. */
export async function revokeAccessToken(database: Database, actor: Actor, id: string, now: Date): Promise<void> {
  const count = await withAccounts(database, async (transaction) => {
    const [found] = await transaction<{ areas: string[] }[]>`
      select areas from access_token where id::text = ${id} and revoked_at is null for update`
    if (found === undefined || !isWithin(actor, found.areas)) return 0
    const revoked = await transaction`update access_token set revoked_at = ${now} where id::text = ${id}`
    await announceActors(transaction)
    await appendAudit(transaction, actor, { action: 'remove', object: 'token', target: id }, 'done')
    return revoked.count
  })
  if (count === 0)
    throw new ProblemError(
      'not_found',
      { zh: `没有编号为“${id}”的有效令牌`, en: `There is no valid token with the id “${id}”` },
      { remedy: { zh: 'minqing token list 列出全部令牌', en: 'minqing token list shows all tokens' } },
    )
}

/** Undefined where there is none, and where it is revoked or has expired. */
export async function findAccessToken({ database, now }: Accounts, token: Buffer): Promise<AccessToken | undefined> {
  const [found] = await withAccounts(
    database,
    (transaction) => transaction<AccessToken[]>`
      select id, name, role, areas, created_by, created_at, expires_at, revoked_at from access_token
      where token = ${token} and revoked_at is null and expires_at > ${now()}`,
  )
  return found
}
