import { forEveryClient } from '../store/asking-client.ts'

type Reads<T> = { running: Promise<T>; next?: Promise<T> }

/**
 * What many clients ask for at once is read once at a time: whoever asks while it is read shares the read that begins
 * after it, with all who ask until then. So nobody gets anything older than their question, and a crowd costs no more
 * than one.
 */
export class SharedReads<T> {
  readonly #reads = new Map<string, Reads<T>>()

  /** @param key what is asked for: two who ask for the same get the same. */
  async read(key: string, make: () => Promise<T>): Promise<T> {
    const reads = this.#reads.get(key)
    if (reads === undefined) return this.#run(key, make)
    reads.next ??= reads.running.catch(() => {}).then(() => this.#run(key, make))
    return reads.next
  }

  #run(key: string, make: () => Promise<T>): Promise<T> {
    const reads: Reads<T> = { running: forEveryClient(make) }
    this.#reads.set(key, reads)
    const end = () => {
      if (reads.next === undefined) this.#reads.delete(key)
    }
    reads.running.then(end, end)
    return reads.running
  }
}
