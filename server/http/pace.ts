import { ProblemError } from '@minqing/data/domain/problem'

export type Rate = {
  /** Bytes a second. */
  least: number
  /** Milliseconds that the other side may be behind it: for a short halt of a network. */
  behind: number
}

/** Slower ones are no use to a person, and hold what others wait for. */
export const leastRate: Rate = { least: 16 * 1024, behind: 10_000 }

/**
 * Waits for the other side of a connection as long as it sends or takes bytes at a least rate, and is at most a bounded
 * time behind it. Time in which we ourselves have nothing to send or do not read does not count.
 */
export class Pace {
  readonly #rate: Rate
  #left: number

  constructor(rate: Rate = leastRate) {
    this.#rate = rate
    this.#left = rate.behind
  }

  /** Notes bytes that were sent or taken. */
  moved(bytes: number): void {
    const { least, behind } = this.#rate
    this.#left = Math.min(behind, this.#left + (bytes / least) * 1000)
  }

  /** @returns `late` when the other side has fallen behind before what is waited for has come. */
  async wait<T>(coming: Promise<T>): Promise<T | 'late'> {
    const since = performance.now()
    const late = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => late.resolve('late'), Math.max(this.#left, 0))
    try {
      return await Promise.race([coming, late.promise])
    } finally {
      clearTimeout(timer)
      this.#left -= performance.now() - since
    }
  }
}

/** Bytes of a piece whose progress is noticed. */
const sliceBytes = 64 * 1024

/** Writes pieces as fast as they are taken. @throws Error when they are taken too slowly, or no longer at all. */
export async function writeAtPace(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  pieces: AsyncIterable<string | Uint8Array>,
  rate: Rate = leastRate,
): Promise<void> {
  const pace = new Pace(rate)
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      const slice = bytes.subarray(at, at + sliceBytes)
      // One after the other, as they are taken.
      if ((await pace.wait(writer.ready)) === 'late') throw new Error('the client reads too slowly')
      // Its failure is the next `ready`'s.
      writer.write(slice).catch(() => {})
      pace.moved(slice.length)
    }
  }
  if ((await pace.wait(writer.ready)) === 'late') throw new Error('the client reads too slowly')
}

/**
 * Pieces as they come, as long as they come at the least rate.
 *
 * @throws ProblemError `too_slow`
 */
export async function* readAtPace(
  pieces: AsyncIterable<Uint8Array>,
  rate: Rate = leastRate,
): AsyncGenerator<Uint8Array, void, undefined> {
  const pace = new Pace(rate)
  const iterator = pieces[Symbol.asyncIterator]()
  try {
    for (;;) {
      // One after the other, as they come.
      const step = await pace.wait(Promise.resolve(iterator.next()))
      if (step === 'late') throw tooSlow()
      if (step.done === true) return
      pace.moved(step.value.length)
      yield step.value
    }
  } finally {
    // Not awaited: it ends when the next piece comes, or the connection.
    Promise.resolve(iterator.return?.()).catch(() => {})
  }
}

function tooSlow(): ProblemError {
  return new ProblemError(
    'too_slow',
    { zh: '文件上传过慢，已中止', en: 'The file was sent too slowly, and its upload was stopped' },
    { remedy: { zh: '请检查网络后重新上传', en: 'Check the network, and upload it again' } },
  )
}
