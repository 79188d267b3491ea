import { ProblemError } from '@minqing/data/domain/problem'
import { askingClient } from './asking-client.ts'

export type SlotLimits = {
  /** Taken at once. */
  slots: number
  /** Of these by one client, where clients can be told apart; without it, all. */
  perClient?: number
  /** Waiting for one at once, of which one client may be half; whoever comes later gets none. */
  queue: number
  /**
   * Milliseconds after which whoever got none is refused: at once, a flood would be back at once. Whoever found the queue
   * full is refused some time before.
   */
  wait: number
}

type Waiting = { address: string | undefined; grant: () => void }

/**
 * What only so many may have at once. Whoever finds none free waits for a bounded time in a bounded queue, from which
 * clients are served in turns: the one that holds the fewest comes first. Whose connection closes is no longer waited for.
 */
export class Slots {
  readonly #limits: SlotLimits
  readonly #takenBy = new Map<string | undefined, number>()
  readonly #queue = new Set<Waiting>()
  #taken = 0

  constructor(limits: SlotLimits) {
    this.#limits = limits
  }

  /** Slots that are taken, and requests that wait for one. */
  get load(): { taken: number; waiting: number } {
    return { taken: this.#taken, waiting: this.#queue.size }
  }

  /**
   * Takes a slot for the client that is asking.
   *
   * @returns gives it back; more than one call has no effect.
   * @throws ProblemError `busy` when none came free in time, or the queue was full.
   */
  async take(): Promise<() => void> {
    const client = askingClient()
    const address = client?.address
    if (client?.gone.aborted === true) throw busy()
    if (this.#mayTake(address)) return this.#takeFor(address)
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer)
        client?.gone.removeEventListener('abort', giveUp)
        this.#queue.delete(waiting)
      }
      const giveUp = () => {
        end()
        reject(busy())
      }
      const grant = () => {
        end()
        resolve(this.#takeFor(address))
      }
      const waiting: Waiting = { address, grant }
      const { wait } = this.#limits
      const isQueued = this.#mayWait(address)
      // A flood that is refused all at once comes back all at once.
      const timer = setTimeout(giveUp, isQueued ? wait : wait * (0.4 + Math.random() * 0.6))
      client?.gone.addEventListener('abort', giveUp)
      if (isQueued) this.#queue.add(waiting)
    })
  }

  #mayTake(address: string | undefined): boolean {
    const { slots, perClient = slots } = this.#limits
    return this.#taken < slots && (address === undefined || this.#held(address) < perClient)
  }

  #mayWait(address: string | undefined): boolean {
    const { queue } = this.#limits
    if (this.#queue.size >= queue) return false
    const own = [...this.#queue].filter((waiting) => waiting.address === address).length
    return address === undefined || own < Math.ceil(queue / 2)
  }

  #held(address: string | undefined): number {
    return this.#takenBy.get(address) ?? 0
  }

  #takeFor(address: string | undefined): () => void {
    this.#taken += 1
    this.#takenBy.set(address, this.#held(address) + 1)
    let given = false
    return () => {
      if (given) return
      given = true
      this.#taken -= 1
      const left = this.#held(address) - 1
      if (left > 0) this.#takenBy.set(address, left)
      else this.#takenBy.delete(address)
      this.#serveNext()
    }
  }

  #serveNext(): void {
    let next: Waiting | undefined
    for (const waiting of this.#queue) {
      const isBetter = next === undefined || this.#held(waiting.address) < this.#held(next.address)
      if (isBetter && this.#mayTake(waiting.address)) next = waiting
    }
    next?.grant()
  }
}

function busy(): ProblemError {
  return new ProblemError(
    'busy',
    { zh: '服务器正忙于其他同类请求', en: 'The server is busy with other requests of this kind' },
    { remedy: { zh: '请在两秒后重试', en: 'Try again in two seconds' } },
  )
}
