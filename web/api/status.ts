import { type CollectionName, collectionNames, type DataStatus } from '@minqing/data/domain/data-status'
import { type Query, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { get, isWorthRetrying } from './fetch.ts'

/**
 * Every query by the first element of its key, with the collections that its answer is read from: a write to one of them
 * makes it out of date, on whatever page it is shown.
 */
const collectionsRead = {
  status: [],
  area: ['areas', 'buildings', 'facilities', 'people'],
  'area-features': ['areas', 'people'],
  facilities: ['facilities'],
  facility: ['facilities'],
  building: ['buildings', 'people'],
  columns: ['incidents'],
  summary: ['incidents', 'areas'],
  density: ['incidents'],
  incident: ['incidents'],
  'incident-page': ['incidents'],
  search: ['areas', 'base', 'buildings', 'facilities', 'incidents'],
  wall: ['areas', 'buildings', 'incidents', 'facilities', 'people'],
  'wall-counts': ['areas', 'incidents'],
  'wall-areas': ['areas'],
  'wall-cells': ['incidents'],
  'wall-contacts': ['areas', 'people'],
  imports: collectionNames,
  import: [],
} satisfies Record<string, readonly CollectionName[]>

declare module '@tanstack/react-query' {
  interface Register {
    /** A query that the table above does not name does not compile. */
    queryKey: readonly [keyof typeof collectionsRead, ...unknown[]]
  }
}

/** What the database holds and how old it is. */
export function statusQuery() {
  return queryOptions({
    queryKey: ['status'],
    queryFn: ({ signal }) => get('/api/status', {}, signal),
    refetchInterval: 30_000,
    // A wall's browser may count as hidden: its display is switched off at night, or covered.
    refetchIntervalInBackground: true,
    staleTime: 15_000,
  })
}

/** Versions of the collections, as of the last answer of the server; the vector tiles of the map are reloaded by them. */
export function useCollectionVersions(): DataStatus['versions'] | undefined {
  return useQuery({ ...statusQuery(), select: ({ versions }) => versions }).data
}

/**
 * Asks for the versions of the collections at regular intervals and refetches what was read from a changed one. What
 * could not be refetched then (the server was away) is tried again at each later answer. Used once for all pages.
 */
export function useRefetchOfChanged(): void {
  const client = useQueryClient()
  const { data: status, dataUpdatedAt } = useQuery(statusQuery())
  const versions = status?.versions
  const seen = useRef<typeof versions>(undefined)

  useEffect(() => {
    if (versions === undefined) return
    // At the first answer all count as changed: what came before it may be older.
    const changed = collectionNames.filter((name) => versions[name] !== seen.current?.[name])
    seen.current = versions
    const isOutdated = ({ queryKey: [name] }: Query) => {
      const read: readonly CollectionName[] = collectionsRead[name]
      return read.some((collection) => changed.includes(collection))
    }
    if (changed.length > 0) void client.invalidateQueries({ predicate: isOutdated })
  }, [versions, client])

  useEffect(() => {
    if (dataUpdatedAt === 0) return
    const hasFailed = ({ state }: Query) =>
      state.isInvalidated && state.fetchStatus === 'idle' && (state.error === null || isWorthRetrying(state.error))
    void client.refetchQueries({ type: 'active', predicate: hasFailed })
  }, [dataUpdatedAt, client])
}
