import { ProblemError } from '@minqing/data/domain/problem'
import type { WallDevice } from '@minqing/data/domain/wall-device'
import type { Actor } from '../../access/actor.ts'
import { appendAudit, type AuditedAction } from '../../audit/append-audit.ts'
import type { Database, Transaction } from '../../store/connect.ts'
import type { ReadSource } from '../../store/scope.ts'
import { type Accounts, announceActors, withAccounts } from '../account-transaction.ts'
import { isWithin, nameAreas } from '../granted-areas.ts'

/** Milliseconds between two times of use that are written down. */
export const wallUseResolution = 5 * 60_000

/** What the token of a screen stands for. */
export type OpenWall = { id: string; name: string; area: string; usedAt: string | null }

/** Undefined where there is none, or none any more. */
export async function findWallDevice({ database }: Accounts, token: Buffer): Promise<OpenWall | undefined> {
  const [found] = await withAccounts(
    database,
    (transaction) => transaction<OpenWall[]>`select id, name, area, used_at from wall_device where token = ${token}`,
  )
  return found
}

/** Writes down that a screen is in use. */
export async function noteWallUse({ database, now }: Accounts, id: string): Promise<void> {
  await withAccounts(
    database,
    (transaction) => transaction`update wall_device set used_at = greatest(used_at, ${now()}) where id = ${id}`,
  )
}

type Row = Omit<WallDevice, 'area'> & { area: string }

/** Those within the actor's areas, by name. */
export async function listWallDevices(database: Database, readFrom: ReadSource, actor: Actor): Promise<WallDevice[]> {
  const rows = await withAccounts(
    database,
    (transaction) => transaction<Row[]>`
      select id, name, area, paired_by, paired_at, used_at, address, agent from wall_device order by name, id`,
  )
  const own = rows.filter(({ area }) => isWithin(actor, [area]))
  const named = await nameAreas(
    readFrom,
    own.map(({ area }) => area),
  )
  return own.map((row, index) => ({ ...row, area: named[index]! }))
}

/** @throws ProblemError `not_found` where the actor's areas have no such device. */
export async function renameWallDevice(database: Database, actor: Actor, id: string, name: string): Promise<void> {
  await changeDevice(database, actor, id, 'change', async (transaction) => {
    await transaction`update wall_device set name = ${name} where id = ${id}`
  })
}

/**
 * Its screen goes back to showing a code.
 *
 * @throws ProblemError `not_found` where the actor's areas have no such device.
 */
export async function removeWallDevice(database: Database, actor: Actor, id: string): Promise<void> {
  await changeDevice(database, actor, id, 'remove', async (transaction) => {
    await transaction`delete from wall_device where id = ${id}`
  })
}

async function changeDevice(
  database: Database,
  actor: Actor,
  id: string,
  action: 'change' | 'remove',
  change: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  await withAccounts(database, async (transaction) => {
    const [found] = await transaction<{ area: string }[]>`select area from wall_device where id = ${id} for update`
    if (found === undefined || !isWithin(actor, [found.area])) throw noDevice()
    await change(transaction)
    await announceActors(transaction)
    const audited: AuditedAction = { action, object: 'wall_device', area: found.area, target: id }
    await appendAudit(transaction, actor, audited, 'done', { area: found.area })
  })
}

function noDevice(): ProblemError {
  return new ProblemError(
    'not_found',
    { zh: '没有这块大屏，或它已被解除配对', en: 'There is no such screen, or it has been removed' },
    { remedy: { zh: '请刷新大屏列表', en: 'Load the list of screens again' } },
  )
}
