import { ProblemError } from '@minqing/data/domain/problem'
import { type RoleName, roleNames } from '@minqing/data/domain/role'
import { type Actor, actorAs } from '../access/actor.ts'
import type { ActorSource, Asking } from '../http/resolve-actor.ts'
import { demoRoleCookie } from '../http/session-cookie.ts'
import { isLoopback, isProxied } from '../trusted-proxies.ts'
import type { Accounts } from './account-transaction.ts'
import { type DemoPlaces, readSetupStage, type SetupStage } from './setup-stage.ts'
import type { OpenSession } from './sessions.ts'
import type { SignedIn } from './signed-in.ts'

/** Milliseconds for which an answer of the database is good when no notification comes. */
const goodFor = 1000

/** As what the demo's user acts until another role is chosen. */
const firstRole: RoleName = 'centre_lead'

type HeldStage = { read: Promise<SetupStage>; since: number; stage?: SetupStage; actors?: ReadonlyMap<RoleName, Actor> }

/**
 * Who is let in: whoever has signed in or sends a token; and while there is nothing but the demo and no account was ever
 * made, whoever asks from this machine, as any role of the demo.
 */
export class Admission implements ActorSource {
  readonly #accounts: Accounts
  readonly #signedIn: SignedIn
  #held: HeldStage | undefined

  constructor(accounts: Accounts, signedIn: SignedIn) {
    this.#accounts = accounts
    this.#signedIn = signedIn
  }

  /** Looks at the database again from now on; an account that was made once stays made. */
  forget(): void {
    if (this.#held?.stage?.kind !== 'accounts') this.#held = undefined
  }

  async stage(): Promise<SetupStage> {
    return this.#read().read
  }

  known(asking: Asking): Actor | undefined {
    const held = this.#held
    if (held?.stage === undefined || this.#isOld(held)) return undefined
    return this.#demoActorIn(held, asking) ?? this.#signedIn.known(asking)
  }

  async resolve(asking: Asking): Promise<Actor> {
    return (await this.demoActor(asking)) ?? this.#orFirstAccount(asking, () => this.#signedIn.resolve(asking))
  }

  /** As in `SignedIn`; the demo's user stays until the first account is made. */
  async expiry(asking: Asking): Promise<() => boolean> {
    return (await this.demoActor(asking)) === undefined ? this.#signedIn.expiry(asking) : () => false
  }

  /** Whoever asks, where that is the demo's user. */
  async demoActor(asking: Asking): Promise<Actor | undefined> {
    const held = this.#read()
    await held.read
    return this.#demoActorIn(held, asking)
  }

  /** The demo's user as another role; undefined where the demo is open to nobody any more. */
  async demoAs(role: RoleName): Promise<Actor | undefined> {
    const held = this.#read()
    await held.read
    return held.actors?.get(role)
  }

  /** As in `SignedIn`. */
  async sessionOf(asking: Asking): Promise<OpenSession> {
    return this.#orFirstAccount(asking, () => this.#signedIn.sessionOf(asking))
  }

  async #orFirstAccount<T>(asking: Asking, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'unauthenticated') throw error
      const { kind } = await this.stage()
      if (kind === 'accounts') throw error
      throw firstAccountNeeded(kind === 'demo' && !isLocal(asking))
    }
  }

  #read(): HeldStage {
    if (this.#held !== undefined && !this.#isOld(this.#held)) return this.#held
    const held: HeldStage = { read: readSetupStage(this.#accounts.database), since: performance.now() }
    this.#held = held
    held.read.then(
      (stage) => Object.assign(held, { stage, ...(stage.kind === 'demo' && { actors: demoActors(stage.places) }) }),
      // Whoever waits gets the error, the next one asks again.
      () => this.#held === held && (this.#held = undefined),
    )
    return held
  }

  #isOld({ stage, since }: HeldStage): boolean {
    return stage !== undefined && stage.kind !== 'accounts' && performance.now() - since >= goodFor
  }

  /** A program with a token is itself, wherever it runs. */
  #demoActorIn({ actors }: HeldStage, asking: Asking): Actor | undefined {
    if (actors === undefined || !isLocal(asking)) return undefined
    if (asking.header('authorization') !== undefined) return undefined
    const role = roleNames.find((name) => name === demoRoleCookie(asking)) ?? firstRole
    return actors.get(role)
  }
}

/**
 * Whether the client is on this machine: what a proxy asks for, on this machine or another, is never its own (as in
 * `TrustedProxies.clientOf`, but asked for each cached answer).
 */
function isLocal({ socket, header }: Asking): boolean {
  const address = socket?.remoteAddress
  return address !== undefined && isLoopback(address) && !isProxied(header)
}

/** The demo's user as each role, in a place that fits it. */
function demoActors({ street, community, grid, isOne }: DemoPlaces): Map<RoleName, Actor> {
  const all = 'all'
  const whole = isOne ? street : all
  const areas: Record<RoleName, string> = {
    grid_worker: grid,
    community,
    mediator: whole,
    department: whole,
    duty_officer: whole,
    // Imports what is not of the demo.
    centre_lead: all,
    supervisor: whole,
    analyst: whole,
    auditor: all,
    administrator: all,
    wall: whole,
  }
  // Each is somebody else: whoever worked on a case does not verify it.
  const demo = (role: RoleName) => ({ id: `demo-${role}`, name: '演示用户' })
  return new Map(roleNames.map((role) => [role, { ...actorAs(demo(role), role, [areas[role]]), isDemo: true }]))
}

function firstAccountNeeded(isDemo: boolean): ProblemError {
  return new ProblemError(
    'first_account_needed',
    isDemo
      ? {
          zh: '尚未建立账号；在此之前，演示只能在服务器本机上查看',
          en: 'No account has been made yet; until then the demo is open on the server’s own machine alone',
        }
      : { zh: '尚未建立账号，建立后才能查看数据', en: 'No account has been made yet; the data can be seen after that' },
    {
      remedy: {
        zh: '请打开服务器启动或导入完成时显示的一次性链接，或在服务器上运行 minqing user first-link 取得新的链接',
        en: 'Open the one-time link that the server showed at its start or after the import, or run minqing user first-link on the server for another one',
      },
    },
  )
}
