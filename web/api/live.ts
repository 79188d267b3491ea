import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import type { LiveBegin, LiveChange, LiveReset, LiveStep } from '@minqing/data/domain/live'
import type { Query, QueryClient } from '@tanstack/react-query'

/** Milliseconds in which steps are gathered before the page is drawn again. */
const gather = 250
/** Milliseconds over which pages ask again when time limits have passed. */
const dueSpread = 2000
/** Milliseconds after which a stream that is broken is given up, and asked for again. */
const timeout = 20_000

let isOpen = false

/** Whether steps of cases arrive by themselves: the columns need not be fetched again then. */
export function isLive(): boolean {
  return isOpen
}

/** Follows the log of steps while the page is seen, and brings what is shown up to it. Returns how to stop. */
export function followLive(
  client: QueryClient,
  invalidate: (change: Pick<LiveChange, 'collection'>) => void,
): () => void {
  const positions = new Map<string, number>()
  let source: EventSource | undefined
  let waiting: LiveStep[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueTimer: ReturnType<typeof setTimeout> | undefined
  let lost: ReturnType<typeof setTimeout> | undefined

  const read = ({ data }: MessageEvent<string>): unknown => JSON.parse(data)
  const close = () => {
    source?.close()
    source = undefined
    isOpen = false
  }
  const open = () => {
    if (source !== undefined || document.visibilityState === 'hidden') return
    const since = [...positions].map(([street, position]) => `${street}:${position}`).join(',')
    source = new EventSource(since === '' ? '/api/live' : `/api/live?since=${since}`)
    source.addEventListener('begin', (event) => {
      for (const [street, position] of Object.entries((read(event) as LiveBegin).positions))
        if (!positions.has(street)) positions.set(street, position)
      clearTimeout(lost)
      isOpen = true
    })
    source.addEventListener('step', (event) => {
      const step = read(event) as LiveStep
      if (step.position <= (positions.get(step.street) ?? 0)) return
      positions.set(step.street, step.position)
      waiting.push(step)
      timer ??= setTimeout(() => void apply(), gather)
    })
    source.addEventListener('reset', (event) => {
      const { street, position } = read(event) as LiveReset
      positions.set(street, position)
      invalidate({ collection: 'incidents' })
    })
    // The clock has passed a time limit; nothing was written.
    source.addEventListener('due', () => {
      // Many limits end with the offices, for all pages at once.
      dueTimer ??= setTimeout(
        () => {
          dueTimer = undefined
          for (const kind of ['tasks', 'supervision', 'summary'] as const)
            void client.invalidateQueries({ queryKey: [kind] })
        },
        gather + Math.random() * dueSpread,
      )
    })
    source.addEventListener('changed', (event) => invalidate(read(event) as LiveChange))
    source.addEventListener('error', () => {
      clearTimeout(lost)
      lost = setTimeout(() => {
        // Until it is open again, what is asked for at intervals says what has changed.
        if (isOpen) invalidate({ collection: 'incidents' })
        close()
        open()
      }, timeout)
    })
  }
  const apply = async () => {
    // Most visits see no step.
    const { applySteps } = await import('./apply-steps.ts')
    timer = undefined
    const steps = waiting
    waiting = []
    const withSteps = (columns: IncidentColumns) => {
      const applied = applySteps(columns, steps)
      if (applied === null) void client.invalidateQueries({ queryKey: ['columns'] })
      return applied ?? columns
    }
    // What was known earlier stays as it was.
    const isNow = ({ queryKey }: Query) => queryKey[2] === null
    client.setQueriesData<IncidentColumns>(
      { queryKey: ['columns'], predicate: isNow },
      (columns) => columns && withSteps(columns),
    )
    // What was asked for before the steps were taken may come without them.
    void client.invalidateQueries({
      queryKey: ['columns'],
      predicate: (query) => isNow(query) && query.state.fetchStatus === 'fetching',
    })
    for (const { street, number } of steps)
      for (const kind of ['loop', 'incident', 'parties'] as const)
        void client.invalidateQueries({ queryKey: [kind, street, number] })
    for (const kind of ['summary', 'density', 'incident-page', 'status', 'tasks', 'supervision'] as const)
      void client.invalidateQueries({ queryKey: [kind] })
  }
  const onSight = () => (document.visibilityState === 'hidden' ? close() : open())
  document.addEventListener('visibilitychange', onSight)
  open()
  return () => {
    document.removeEventListener('visibilitychange', onSight)
    clearTimeout(timer)
    clearTimeout(lost)
    clearTimeout(dueTimer)
    close()
  }
}
