import { useEffect, useState } from 'react'
import type { MapLayer } from './layers/map-layer.ts'
import { firstPaint } from './map-recovery.ts'

let loading: Promise<readonly MapLayer[]> | undefined

/** The layers of the map. They are loaded with the map's scripts: none until then. */
export function useMapLayers(): readonly MapLayer[] {
  const [layers, setLayers] = useState<readonly MapLayer[]>([])
  useEffect(() => {
    loading ??= loadLayers()
    loading.then(setLayers, () => {
      // The map itself reports that its scripts cannot be loaded; the next part of the page tries again.
      loading = undefined
    })
  }, [])
  return layers
}

async function loadLayers(): Promise<readonly MapLayer[]> {
  await firstPaint()
  // Imported together with the map, so that both are one chunk.
  return (await import('./map-view.ts')).mapLayers
}
