import { useEffect, useRef } from 'react'

/**
 * The entry script that a page names. The build puts a hash of the contents into it, so another name is another
 * release.
 */
export function entryScriptOf(html: string): string | null {
  return /<script[^>]*type="module"[^>]*src="([^"]+)"/.exec(html)?.[1] ?? null
}

/** Whether the server now serves another release than the page that is running. False when that is not known. */
export async function isNewRelease(running: string | null, signal: AbortSignal): Promise<boolean> {
  if (running === null) return false
  try {
    const response = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' }, signal })
    if (!response.ok) return false
    const served = entryScriptOf(await response.text())
    return served !== null && served !== running
  } catch {
    // No server, no release: the next round asks again.
    return false
  }
}

/** The entry script of the page that is running. */
export function runningRelease(): string | null {
  return document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null
}

const askEveryMilliseconds = 60_000

/** Reloads the page once the server serves another release, as soon as nobody is at the screen. */
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
