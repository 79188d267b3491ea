import { useEffect, useState } from 'react'
import type { ReceivedPicture } from './wall-queries.ts'

/** The wall asks every 15 s; two answers missing in a row are no longer chance. */
export const lateAfterSeconds = 40
/** A street reports several cases a day: a day without any entry is a broken feed rather than peace. */
export const quietAfterSeconds = 24 * 3600

/**
 * How far the picture can be trusted: `fresh`; `late` when the server has not answered (the last picture stays);
 * `quiet` when it answers but nothing has been written for a day.
 */
export type Freshness =
  | { kind: 'fresh'; seconds: number }
  | { kind: 'late'; asOf: number }
  | { kind: 'quiet'; asOf: number }

/** All times in milliseconds of the server's clock. */
export function freshnessOf(times: { now: number; answeredAt: number; writtenAt: number | null }): Freshness {
  const seconds = Math.max(0, Math.floor((times.now - times.answeredAt) / 1000))
  if (seconds >= lateAfterSeconds) return { kind: 'late', asOf: times.answeredAt }
  if (times.writtenAt !== null && times.now - times.writtenAt >= quietAfterSeconds * 1000)
    return { kind: 'quiet', asOf: times.writtenAt }
  return { kind: 'fresh', seconds }
}

/**
 * The server's time in milliseconds, renewed every second on the second: a wall's own clock may be wrong by hours,
 * and it goes on without the server.
 */
export function useServerClock(received: ReceivedPicture): number {
  const offset = offsetOf(received)
  const [now, setNow] = useState(() => performance.now() + offset)
  useEffect(() => {
    let timer = 0
    const tick = () => {
      const time = performance.now() + offset
      setNow(time)
      timer = window.setTimeout(tick, 1000 - (time % 1000))
    }
    tick()
    return () => window.clearTimeout(timer)
  }, [offset])
  return now
}

/** Server time minus this page's running time. */
export function offsetOf(received: ReceivedPicture): number {
  return Date.parse(received.picture.now) - received.receivedAt
}
