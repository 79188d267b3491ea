import type { Label } from '@minqing/data/domain/label'
import { ProblemError } from '@minqing/data/domain/problem'
import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Failures of one client in a minute: a whole office may stand behind one address. */
const perAddress = { points: 30, duration: 60 }
/** Attempts with one name in a minute, whoever makes them. */
const perName = { points: 10, duration: 60 }

/** How often something may be tried in one process before it is looked at. */
export class AttemptLimits {
  readonly #addresses = new RateLimiterMemory(perAddress)
  readonly #names = new RateLimiterMemory(perName)
  readonly #tooOften: Label

  constructor(tooOften: Label) {
    this.#tooOften = tooOften
  }

  /**
   * Counts an attempt. The same for names that exist and others.
   *
   * @param address undefined where nobody says for whom a proxy asks: then there is no limit by address.
   * @param name undefined where there is none: then there is a limit by address alone.
   * @returns call it when the attempt succeeded: it is not counted then.
   * @throws ProblemError `too_many_requests`
   */
  async take(address: string | undefined, name: string | undefined): Promise<() => Promise<void>> {
    try {
      if (address !== undefined) await this.#addresses.consume(address)
      if (name !== undefined) await this.#names.consume(name)
    } catch (error) {
      // The library rejects with its count; an Error would be a fault of ours.
      if (error instanceof Error) throw error
      throw new ProblemError('too_many_requests', this.#tooOften, {
        remedy: { zh: '请一分钟后再试', en: 'Try again in a minute' },
      })
    }
    return async () => {
      if (address !== undefined) await this.#addresses.reward(address)
      if (name !== undefined) await this.#names.reward(name)
    }
  }
}

/** The limits of one process; the lock-out of a name is the database's. */
export class SignInLimits {
  readonly passwords = new AttemptLimits({ zh: '登录尝试过于频繁', en: 'There were too many attempts to sign in' })
  /** Codes of screens, by the person who types them. */
  readonly codes = new AttemptLimits({ zh: '配对码输入过于频繁', en: 'Too many pairing codes were entered' })
  /** Browsers that are sent to the identity provider. */
  readonly provider = new AttemptLimits({ zh: '登录尝试过于频繁', en: 'There were too many attempts to sign in' })
  /** Screens that ask to be paired. */
  readonly screens = new AttemptLimits({ zh: '请求配对过于频繁', en: 'There were too many requests to pair' })
}
