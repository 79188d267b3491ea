import { ProblemError } from '@minqing/data/domain/problem'
import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Failures of one client in a minute: a whole office may stand behind one address. */
const perAddress = { points: 30, duration: 60 }
/** Attempts with one name in a minute, whoever makes them. */
const perName = { points: 10, duration: 60 }

/** How often may be tried in one process before a password is looked at; the lock-out is the database's. */
export class SignInLimits {
  readonly #addresses = new RateLimiterMemory(perAddress)
  readonly #names = new RateLimiterMemory(perName)

  /**
   * Counts an attempt. The same for names that exist and others.
   *
   * @param address undefined where nobody says for whom a proxy asks: then there is no limit by address.
   * @returns call it when the attempt succeeded: it is not counted then.
   * @throws ProblemError `too_many_requests`
   */
  async take(address: string | undefined, name: string): Promise<() => Promise<void>> {
    try {
      if (address !== undefined) await this.#addresses.consume(address)
      await this.#names.consume(name)
    } catch (error) {
      // The library rejects with its count; an Error would be a fault of ours.
      if (error instanceof Error) throw error
      throw tooOften()
    }
    return async () => {
      if (address !== undefined) await this.#addresses.reward(address)
      await this.#names.reward(name)
    }
  }
}

function tooOften(): ProblemError {
  return new ProblemError(
    'too_many_requests',
    { zh: '登录尝试过于频繁', en: 'There were too many attempts to sign in' },
    { remedy: { zh: '请一分钟后再试', en: 'Try again in a minute' } },
  )
}
