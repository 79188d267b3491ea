import { useEffect, useRef } from 'react'
import { isNewRelease, runningRelease } from './release.ts'

const askEveryMilliseconds = 60_000

/** Reloads the page once the server serves another release, at the next moment when nobody is at the screen. */
export function useReleaseReload(quiet: boolean): void {
  const quietNow = useRef(quiet)
  useEffect(() => {
    quietNow.current = quiet
  }, [quiet])

  useEffect(() => {
    const running = runningRelease()
    const leaving = new AbortController()
    const reloadIfNew = async () => {
      const isNew = await isNewRelease(running, leaving.signal)
      if (isNew && quietNow.current && !leaving.signal.aborted) window.location.reload()
    }
    const timer = window.setInterval(() => {
      if (!quietNow.current) return
      void reloadIfNew()
    }, askEveryMilliseconds)
    return () => {
      window.clearInterval(timer)
      leaving.abort()
    }
  }, [])
}
