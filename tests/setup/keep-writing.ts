import { setTimeout as delay } from 'node:timers/promises'
import { countIncidents } from '../../server/counts/count-incidents.ts'
import type { Database } from '../../server/store/connect.ts'
import { touch } from '../../server/store/collection-versions.ts'

export type Writing = {
  /** Ends it; gives the numbers that were written, and says so where it could not keep the pace. */
  stop: () => Promise<{ numbers: string[]; perSecond: number }>
}

export type WrittenStreet = { code: string; place: readonly [longitude: number, latitude: number] }

/** Incidents that a transaction adds: a channel hands them on in small batches. */
const batch = 5

/**
 * Adds incidents at a pace, in transactions that count them as the product does, to one street after the other: half of
 * them before everything that is there in the street in the order of the pages, half behind.
 *
 * @param series distinguishes the numbers of one run from those of another.
 */
export function keepWriting(
  database: Database,
  streets: readonly WrittenStreet[],
  perSecond: number,
  series = '',
): Writing {
  const numbers: string[] = []
  const ended = new AbortController()
  const began = performance.now()
  const write = async () => {
    for (let round = 0; !ended.signal.aborted; round++) {
      const { code, place } = streets[round % streets.length]!
      const added = Array.from({ length: batch }, (_, index) => {
        const ordinal = numbers.length + index
        return `${ordinal % 2 === 0 ? '!' : '~'}${series}${String(ordinal).padStart(6, '0')}`
      })
      await database.begin(async (transaction) => {
        await transaction`
          insert into incident (street_code, number, type, channel, title, position, happened_at, reported_at, source)
          select ${code}, number, 'E02', 'walk_in', '新增', point(${place[0]}, ${place[1]}), now(), now(), 'test'
          from unnest(${added}::text[]) as n (number)`
        await countIncidents(transaction, transaction`select ${code}::text as street_code, now() as reported_at`)
        await touch(transaction, ['incidents'])
      })
      numbers.push(...added)
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

/** Takes away what was added, in the counts as well. */
export async function removeWritten(database: Database): Promise<void> {
  await database.begin(async (transaction) => {
    await transaction`
      create temp table written on commit drop as select street_code, reported_at from incident where source = 'test'`
    await transaction`
      delete from incident where street_code in (select street_code from written) and source = 'test'`
    await countIncidents(transaction, transaction`select street_code, reported_at from written`)
    await touch(transaction, ['incidents'])
  })
}
