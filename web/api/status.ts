import { type CollectionName, collectionNames, type DataStatus } from '@minqing/data/domain/data-status'
import { type Query, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { get, isWorthRetrying } from './fetch.ts'
import { followLive, isLive } from './live.ts'
import { useMay, useShownSession } from './session.ts'

/**
 * Every query by the first element of its key, with the collections that its answer is read from: a write to one of them
 * makes it out of date, on whatever page it is shown.
 */
const collectionsRead = {
  session: [],
  'shown-session': [],
  'first-account': [],
  sessions: [],
  'sign-in-ways': [],
  pairing: [],
  'pairing-state': [],
  walls: [],
  accounts: [],
  'account-sessions': [],
  tokens: [],
  status: [],
  'wall-versions': [],
  area: ['areas', 'buildings', 'facilities', 'people'],
  'area-features': ['areas', 'people'],
  facilities: ['facilities'],
  facility: ['facilities'],
  building: ['buildings', 'people'],
  columns: ['incidents'],
  summary: ['incidents', 'areas'],
  density: ['incidents'],
  figures: ['areas', 'incidents'],
  'figure-cases': ['areas', 'incidents'],
  'figure-board': ['areas', 'incidents'],
  incident: ['incidents'],
  loop: ['incidents'],
  parties: ['incidents'],
  duplicates: ['incidents'],
  proposals: ['incidents'],
  tasks: ['incidents'],
  supervision: ['incidents'],
  documents: ['incidents'],
  'similar-cases': ['incidents'],
  'incident-page': ['incidents'],
  search: ['areas', 'base', 'buildings', 'facilities', 'incidents'],
  wall: ['areas', 'buildings', 'incidents', 'facilities', 'people'],
  'wall-counts': ['areas', 'incidents'],
  'wall-areas': ['areas'],
  'wall-cells': ['incidents'],
  'wall-hot-spots': ['areas', 'incidents'],
  'wall-contacts': ['areas', 'people'],
  // A result belongs to the data that it was made from.
  'analysis-asked': [],
  'analysis-state': [],
  'analysis-result': [],
  'analysis-history': [],
  'analysis-passport': ['incidents', 'buildings'],
  audit: [],
  'audit-actors': [],
  'audit-verification': [],
  'print-templates': [],
  clocks: [],
  imports: collectionNames,
  import: [],
  demo: collectionNames,
} satisfies Record<string, readonly CollectionName[]>

declare module '@tanstack/react-query' {
  interface Register {
    /** A query that the table above does not name does not compile. */
    queryKey: readonly [keyof typeof collectionsRead, ...unknown[]]
  }
}

/** Milliseconds in which changes are gathered before a wall asks again. */
const gather = 1_000

const asked = {
  refetchInterval: 30_000,
  // A wall's browser may count as hidden: its display is switched off at night, or covered.
  refetchIntervalInBackground: true,
  staleTime: 15_000,
} as const

/** What the database holds and how old it is. */
export function statusQuery() {
  return queryOptions({
    queryKey: ['status'],
    queryFn: ({ signal }) => get('/api/status', {}, signal),
    ...asked,
  })
}

/** The streets in which who is signed in works, in all or in a part of them, and what became of asking for them. */
export function useOwnStreets() {
  const own = useShownSession()?.areas ?? []
  const status = useQuery(statusQuery())
  const isOwn = (code: string) =>
    own.length === 0 || own.some((area) => area.code === 'all' || code.startsWith(area.code.slice(0, 9)))
  return { status, streets: (status.data?.streets ?? []).filter(({ code }) => isOwn(code)) }
}

const wallVersionsQuery = queryOptions({
  queryKey: ['wall-versions'],
  queryFn: ({ signal }) => get('/api/wall/versions', {}, signal),
  ...asked,
})

/** Where a page asks for the versions of the collections: a wall may not read the status. */
export type VersionSource = 'status' | 'wall'

/** Versions of the collections as of the last answer of the server, and the time of that answer in milliseconds. */
function useVersions(source: VersionSource): { versions: DataStatus['versions'] | undefined; receivedAt: number } {
  const status = useQuery({ ...statusQuery(), select: ({ versions }) => versions, enabled: source === 'status' })
  const wall = useQuery({ ...wallVersionsQuery, enabled: source === 'wall' })
  const { data, dataUpdatedAt } = source === 'wall' ? wall : status
  return { versions: data, receivedAt: dataUpdatedAt }
}

/** Versions of the collections, as of the last answer of the server; the vector tiles of the map are reloaded by them. */
export function useCollectionVersions(source: VersionSource): DataStatus['versions'] | undefined {
  return useVersions(source).versions
}

function reads({ queryKey: [name] }: Query, collections: readonly CollectionName[]): boolean {
  const read: readonly CollectionName[] = collectionsRead[name]
  return read.some((collection) => collections.includes(collection))
}

/**
 * Asks for the versions of the collections at regular intervals and refetches what was read from a changed one. What
 * could not be refetched then (the server was away) is tried again at each later answer. Between them steps of cases
 * arrive by themselves. Used once on every page.
 */
export function useRefetchOfChanged(source: VersionSource): void {
  const client = useQueryClient()
  const { versions, receivedAt } = useVersions(source)
  const seen = useRef<typeof versions>(undefined)

  useEffect(() => {
    if (versions === undefined) return
    // At the first answer all count as changed: what came before it may be older.
    const changed = collectionNames.filter((name) => versions[name] !== seen.current?.[name])
    seen.current = versions
    // Steps arrive by themselves, and change the columns as they are.
    const isSpared = isLive() && changed.every((name) => name === 'incidents')
    const isOutdated = (query: Query) => reads(query, changed) && !(isSpared && query.queryKey[0] === 'columns')
    if (changed.length > 0) void client.invalidateQueries({ predicate: isOutdated })
  }, [versions, client])

  useEffect(() => {
    if (source !== 'wall') return
    // Tries again by itself; behind it the versions are asked for at intervals.
    const changes = new EventSource('/api/wall/live')
    let timer: ReturnType<typeof setTimeout> | undefined
    changes.addEventListener('changed', () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey: ['wall-versions'] })
      }, gather)
    })
    return () => {
      clearTimeout(timer)
      changes.close()
    }
  }, [source, client])

  const isKnown = useShownSession() !== undefined
  const mayFollow = useMay('read', 'incident') && isKnown && source === 'status'
  useEffect(() => {
    if (!mayFollow) return
    return followLive(
      client,
      ({ collection }) => void client.invalidateQueries({ predicate: (query) => reads(query, [collection]) }),
    )
  }, [mayFollow, client])

  useEffect(() => {
    if (receivedAt === 0) return
    const hasFailed = ({ state }: Query) =>
      state.isInvalidated && state.fetchStatus === 'idle' && (state.error === null || isWorthRetrying(state.error))
    void client.refetchQueries({ type: 'active', predicate: hasFailed })
  }, [receivedAt, client])
}
