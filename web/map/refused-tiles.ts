import { AJAXError, type ErrorEvent, type Map as MapLibreMap } from 'maplibre-gl'
import { waitForSignIn } from '../api/sign-in-wait.ts'

/** Asks again for tiles that were refused because nobody is signed in, once somebody is. Reports all other errors. */
export function retryRefusedTiles(map: MapLibreMap): void {
  const refused = new Set<string>()
  let removed = false
  map.once('remove', () => (removed = true))
  map.on('error', (event: ErrorEvent & { sourceId?: string }) => {
    const { error, sourceId } = event
    if (sourceId === undefined || !(error instanceof AJAXError) || error.status !== 401) {
      // oxlint-disable-next-line no-console -- as MapLibre does where nobody listens
      console.error(error)
      return
    }
    refused.add(sourceId)
    // The others wait with the first.
    if (refused.size === 1) void refresh()
  })
  const refresh = async () => {
    const isAgain = await waitForSignIn(null)
    if (isAgain && !removed) for (const source of refused) map.refreshTiles(source)
    refused.clear()
  }
}
