import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import type { FeatureCollection } from 'geojson'
import { useCallback, useMemo } from 'react'
import { areaFeaturesQuery } from '../../api/collections.ts'
import type { MapInputs } from '../../map/map-inputs.ts'
import type { Camera } from '../../view/camera-over.ts'
import { useCamera } from '../../view/use-view.ts'
import type { Street } from './map-page.ts'

/** Zoom from which grids are drawn. */
const gridsFrom = 12.8
const mostStreets = 9
const tilesAcross = 4

type Loaded = { grids: FeatureCollection }

/**
 * All streets' areas with the grids of those streets that lie around the camera: streets far away, communities in
 * between, grids near. Without `streets` the areas as they are. The result stays the same object while the camera moves
 * among the same streets.
 */
export function useNearGrids(areas: MapInputs['areas'], streets: readonly Street[] | undefined): MapInputs['areas'] {
  const [camera] = useCamera()
  const near =
    streets !== undefined && camera !== null && camera.zoom >= gridsFrom ? streetsAround(streets, camera) : []
  const combine = useCallback((results: UseQueryResult<Loaded>[]) => results.flatMap(({ data }) => data ?? []), [])
  const loaded = useQueries({ queries: near.map(({ code }) => areaFeaturesQuery(code)), combine })
  return useMemo(() => {
    const features = loaded.flatMap(({ grids }) => grids.features)
    return areas === undefined || features.length === 0 ? areas : { ...areas, grids: { ...areas.grids, features } }
  }, [areas, loaded])
}

function streetsAround(streets: readonly Street[], { lon, lat, zoom }: Camera): Street[] {
  // Degrees: half of a screen some four tiles wide.
  const distance = ((360 / 2 ** zoom) * tilesAcross) / 2
  const away = ({ bbox: [west, south, east, north] }: Street) =>
    Math.max(west - lon, lon - east, south - lat, lat - north, 0)
  return streets
    .filter((street) => away(street) <= distance)
    .toSorted((a, b) => away(a) - away(b))
    .slice(0, mostStreets)
}
