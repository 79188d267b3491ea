import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../server/store/connect.ts'
import { touch } from '../../server/store/touch.ts'

export type Writing = {
  /** Ends it; gives the numbers that were written, and says so where it could not keep the pace. */
  stop: () => Promise<{ numbers: string[]; perSecond: number }>
}

/**
 * Adds incidents at a pace, each in a transaction of its own as a desk would: half of them before everything that is
 * there in the order of the pages, half behind.
 *
 * @param series tells the numbers of one run from those of another.
 */
export function keepWriting(
  database: Database,
  streetCode: string,
  perSecond: number,
  series = '',
  [lon, lat]: readonly [number, number] = [114.01, 30.005],
): Writing {
  const numbers: string[] = []
  const ended = new AbortController()
  const began = performance.now()
  const write = async () => {
    while (!ended.signal.aborted) {
      const number = `${numbers.length % 2 === 0 ? '!' : '~'}${series}${String(numbers.length).padStart(6, '0')}`
      await database.begin(async (transaction) => {
        await transaction`
          insert into incident (street_code, number, type, channel, title, position, happened_at, reported_at, source)
          values (${streetCode}, ${number}, 'E02', 'walk_in', '新增', point(${lon}, ${lat}), now(), now(), 'test')`
        await touch(transaction, ['incidents'])
      })
      numbers.push(number)
      const due = began + (numbers.length * 1000) / perSecond
      await delay(Math.max(0, due - performance.now()), undefined, { signal: ended.signal }).catch(() => {})
    }
  }
  const writing = write()
  return {
    stop: async () => {
      ended.abort()
      await writing
      return { numbers, perSecond: (numbers.length * 1000) / (performance.now() - began) }
    },
  }
}
