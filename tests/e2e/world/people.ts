import { uncountedStatuses } from '@minqing/data/domain/incident-status'
import type { RoleName } from '@minqing/data/domain/role'
import { commandActor } from '../../../server/access/actor.ts'
import { makeFirstLink } from '../../../server/accounts/first-account.ts'
import { addAccount } from '../../../server/accounts/manage-accounts.ts'
import { PasswordHashes } from '../../../server/accounts/password-hash.ts'
import { makeSecret } from '../../../server/accounts/second-factor.ts'
import { openStoreForCommand, type Store } from '../../../server/store/open-store.ts'
import type { Product } from '../../setup/start-product.ts'

export const password = 'Tide-71-lamp'

export type Person = { login: string; name: string; roles: readonly RoleName[]; area: string }

/** The accounts of a running product, past its pages. */
export class People {
  readonly #store: Store

  private constructor(store: Store) {
    this.#store = store
  }

  static async of({ dataDirectory }: Product): Promise<People> {
    const report = (line: unknown) => void process.stderr.write(`${String(line)}\n`)
    return new People(
      await openStoreForCommand({ databaseUrl: undefined, dataDirectory }, 'test', { report, lost: report }),
    )
  }

  /** An account whose password is `password`. */
  async add({ login, name, roles, area }: Person): Promise<void> {
    const grants = roles.map((role) => ({ role, areas: [area] }))
    const given = { login, name, password, isMade: false, grants }
    await addAccount(this.#store.database, commandActor(), new PasswordHashes(), given, new Date())
  }

  /** Gives an account a second factor, as if it had been enrolled before; returns the secret. */
  async enrol(login: string): Promise<string> {
    const secret = makeSecret()
    await this.#store.database`update account set totp = ${secret} where login = ${login}`
    return secret
  }

  /** Lets the sessions of an account end as those do that nobody has used for half an hour. */
  async leaveUnused(login: string): Promise<void> {
    await this.#store.database`
      update session set used_at = used_at - interval '31 minutes'
      where account = (select id from account where login = ${login})`
  }

  /** Those of an area that are counted, as the database has them. */
  async countIncidents(area: string): Promise<number> {
    const [{ count }] = await this.#store.database<[{ count: number }]>`
      select count(*) from incident
      where starts_with(coalesce(grid_code, community_code, street_code), ${area}) and status <> all(${[...uncountedStatuses]})`
    return count
  }

  /** What follows the address in a one-time link that makes the first account. */
  async firstLink(): Promise<string> {
    const link = await makeFirstLink(this.#store.database, new Date())
    if (link === undefined) throw new Error('an account was made before')
    return link
  }

  close(): Promise<void> {
    return this.#store.close()
  }
}
