import type { Writable } from 'node:stream'

/** What a line may hold: names and figures of ours, nothing a person has typed. */
export type LogFields = Record<string, string | number | boolean | undefined>

/** One JSON object a line, for machines; sentences for people go to the terminal instead. */
export type Log = {
  info: (event: string, fields?: LogFields) => void
  /** Of an error: class, code and stack; its message may quote data and is left out. */
  error: (event: string, error: unknown, fields?: LogFields) => void
}

/** Characters that are held at most. */
const mostGathered = 64 * 1024

/**
 * @param gatherFor milliseconds for which lines without errors are gathered before they are written: a write for each
 * of thousands of requests a second would be a fifth of the work. What is held when the process ends is written then.
 */
export function createLog(stream: Writable, now: () => Date = () => new Date(), gatherFor = 0): Log {
  // Whoever read the log may have gone: that must not end the server.
  stream.on('error', () => {})
  let held = ''
  let timer: NodeJS.Timeout | undefined
  const send = () => {
    clearTimeout(timer)
    timer = undefined
    if (held !== '') stream.write(held)
    held = ''
  }
  if (gatherFor > 0) process.once('exit', send)
  const write = (level: 'info' | 'error', event: string, fields: LogFields) => {
    held += `${JSON.stringify({ time: now().toISOString(), level, event, ...fields })}\n`
    if (gatherFor === 0 || level === 'error' || held.length > mostGathered) send()
    else timer ??= setTimeout(send, gatherFor).unref()
  }
  return {
    info: (event, fields = {}) => write('info', event, fields),
    error: (event, error, fields = {}) => write('error', event, { ...fields, ...describe(error) }),
  }
}

function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code } = error as { code?: unknown }
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at '))
  return { name: error.name, ...(typeof code === 'string' ? { code } : {}), at: frames?.slice(0, 8).join('\n') }
}
