import { watchLauncher } from './launcher.ts'

/** Requests to end this process, from signals or from inside. */
export type StopSignals = {
  /** Aborted at the first request to end. */
  signal: AbortSignal
  /** Aborted when somebody is asking again. */
  hurried: AbortSignal
  /** Asks for the end from inside. */
  request: () => void
  /** Gives the signals back to their default effect. */
  dispose: () => void
}

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** A launcher passes on what the terminal has sent to us already: the same wish within this time counts once. */
const echo = 500
/** How often to look whether the launcher still lives. */
const watchEvery = 250

/**
 * Turns signals into one request to end. A second request (Ctrl-C again) asks for hurry; the third ends the process on
 * the spot, and the database's supervisor then ends the database.
 *
 * A package manager that dies without passing its signal on would leave us behind: its death is such a request, too.
 */
export function stopSignals(): StopSignals {
  const first = new AbortController()
  const second = new AbortController()
  let last = 0
  const request = () => {
    if (Date.now() - last < echo) return
    last = Date.now()
    if (second.signal.aborted) process.exit(130)
    if (first.signal.aborted) second.abort()
    else first.abort()
  }
  for (const name of names) process.on(name, request)
  const launcherStands = watchLauncher()
  const watch = setInterval(() => {
    if (!first.signal.aborted && !launcherStands()) request()
  }, watchEvery)
  watch.unref()
  // Whoever reads our output may be gone before us.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const dispose = () => {
    clearInterval(watch)
    for (const name of names) process.off(name, request)
  }
  return { signal: first.signal, hurried: second.signal, request, dispose }
}
