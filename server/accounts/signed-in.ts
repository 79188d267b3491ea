import { ProblemError } from '@minqing/data/domain/problem'
import { pendingLabels } from '@minqing/data/domain/session'
import { LRUCache } from 'lru-cache'
import { type Actor, actorAs } from '../access/actor.ts'
import type { ActorSource, Asking } from '../http/resolve-actor.ts'
import type { TrustedProxies } from '../trusted-proxies.ts'
import { type AccessToken, findAccessToken } from './access-tokens.ts'
import type { Accounts } from './account-transaction.ts'
import { type Credential, credentialsOf } from './credentials.ts'
import { findSession, hasEnded, noteUse, type OpenSession, pendingStep, useResolution } from './sessions.ts'
import { findWallDevice, noteWallUse, type OpenWall, wallUseResolution } from './walls/devices.ts'

/** Milliseconds for which an answer of the database is good when no notification comes. */
const goodFor = 1000
const mostHeld = 10_000

/** Who a token stands for; the session or the screen where it is one of these. */
type Holder = { actor: Actor; session?: OpenSession; wall?: OpenWall; token?: AccessToken }
/** `holder` is set when it has been read: to null where the token stands for nobody. */
type Held = { read: Promise<Holder | undefined>; holder?: Holder | null }

/**
 * Who has signed in, by session, access token or the token of a screen. What is ended or changed in any process is noticed
 * at once by its notification, and within a second where that is lost.
 */
export class SignedIn implements ActorSource {
  readonly #accounts: Accounts
  readonly #proxies: TrustedProxies
  readonly #held = new LRUCache<string, Held>({ max: mostHeld, ttl: goodFor, ttlResolution: 0 })

  constructor(accounts: Accounts, proxies: TrustedProxies) {
    this.#accounts = accounts
    this.#proxies = proxies
  }

  /** Asks the database again from now on. */
  forget(): void {
    this.#held.clear()
  }

  known(asking: Asking): Actor | undefined {
    for (const credential of credentialsOf(asking, this.#proxies)) {
      const holder = this.#held.get(keyOf(credential))?.holder
      if (holder === null) continue
      if (holder === undefined) return undefined
      const { actor, session } = holder
      // A use that has to be written down is found due before the session's end.
      const needsMore = this.#isUseDue(holder) || (session !== undefined && pendingStep(session) !== undefined)
      return needsMore ? undefined : actor
    }
    return undefined
  }

  async resolve(asking: Asking): Promise<Actor> {
    const holder = await this.#holderOf(asking)
    const { actor, session, wall } = holder
    if (wall !== undefined && this.#isUseDue(holder)) {
      // Others that come meanwhile need not write it down as well.
      wall.usedAt = this.#accounts.now().toISOString()
      await noteWallUse(this.#accounts, wall.id)
    }
    if (session === undefined) return actor
    const pending = pendingStep(session)
    if (pending !== undefined)
      throw new ProblemError('sign_in_incomplete', pendingLabels[pending], {
        remedy: { zh: '请在登录页面上完成', en: 'Complete it on the sign-in page' },
      })
    if (!isAutomatic(asking) && this.#isUseDue(holder)) {
      session.usedAt = this.#accounts.now().toISOString()
      await noteUse(this.#accounts, session.id)
    }
    return actor
  }

  async expiry(asking: Asking): Promise<() => boolean> {
    const { session, token } = await this.#holderOf(asking)
    return () => {
      const now = this.#accounts.now()
      if (session !== undefined) return hasEnded(session, now)
      return token !== undefined && now.getTime() >= Date.parse(token.expiresAt)
    }
  }

  /**
   * The session of the request, whatever it has to do first.
   *
   * @throws ProblemError `unauthenticated` where there is none, and for programs.
   */
  async sessionOf(asking: Asking): Promise<OpenSession> {
    const { session } = await this.#holderOf(asking)
    if (session === undefined) throw unauthenticated()
    return session
  }

  async #holderOf(asking: Asking): Promise<Holder> {
    for (const credential of credentialsOf(asking, this.#proxies)) {
      const holder = await this.#find(credential)
      const isOver = holder?.session !== undefined && hasEnded(holder.session, this.#accounts.now())
      if (holder !== undefined && !isOver) return holder
    }
    throw unauthenticated()
  }

  #find(credential: Credential): Promise<Holder | undefined> {
    const key = keyOf(credential)
    const held = this.#held.get(key)
    if (held !== undefined) return held.read
    const read = this.#read(credential)
    const made: Held = { read }
    this.#held.set(key, made)
    read.then(
      (holder) => (made.holder = holder ?? null),
      // Whoever waits gets the error, the next one asks again.
      () => this.#held.peek(key) === made && this.#held.delete(key),
    )
    return read
  }

  async #read({ kind, token }: Credential): Promise<Holder | undefined> {
    if (kind === 'access_token') {
      const found = await findAccessToken(this.#accounts, token)
      if (found === undefined) return undefined
      const { id, name, role, areas } = found
      return { actor: actorAs({ kind: 'program', id, name }, role, areas), token: found }
    }
    if (kind === 'wall') {
      const wall = await findWallDevice(this.#accounts, token)
      return wall && { actor: actorAs({ kind, id: wall.id, name: wall.name }, 'wall', [wall.area]), wall }
    }
    const session = await findSession(this.#accounts, token)
    if (session === undefined) return undefined
    const { account, name, role, areas } = session
    return { actor: actorAs({ kind: 'person', id: account, name }, role, areas), session }
  }

  #isUseDue({ session, wall }: Holder): boolean {
    const usedAt = session?.usedAt ?? wall?.usedAt ?? null
    const resolution = session === undefined ? wallUseResolution : useResolution
    const isNoted = session !== undefined || wall !== undefined
    return isNoted && (usedAt === null || this.#accounts.now().getTime() - Date.parse(usedAt) >= resolution)
  }
}

/** What a page that nobody uses asks for by itself, as it says (`web/api/presence.ts`). */
function isAutomatic({ header }: Asking): boolean {
  return header('x-minqing-automatic') !== undefined
}

function keyOf({ kind, token }: Credential): string {
  return `${kind} ${token.toString('base64url')}`
}

function unauthenticated(): ProblemError {
  return new ProblemError(
    'unauthenticated',
    { zh: '没有登录，或登录已经失效', en: 'Nobody has signed in, or the sign-in has ended' },
    {
      remedy: {
        zh: '请在网页上登录；程序请使用访问令牌（minqing token add）',
        en: 'Sign in on the web page; programs use an access token (minqing token add)',
      },
    },
  )
}
