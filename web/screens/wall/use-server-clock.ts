import { useEffect, useState } from 'react'
import type { ReceivedPicture } from './wall-query.ts'

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
