import { useQueries } from '@tanstack/react-query'
import { areaFeaturesQuery } from '../../api/collections.ts'
import type { Camera, MapInputs } from '../../map/map-inputs.ts'
import type { Street } from './map-page.ts'

/** From here on grids are told apart. */
const gridsFrom = 12.8
const mostStreets = 9
const tilesAcross = 4

/**
 * All streets' areas with the grids of those streets that lie around the camera: streets far away, communities in
 * between, grids near. What has been fetched stays in the query cache.
 */
export function useNearGrids(
  areas: MapInputs['areas'],
  streets: readonly Street[] | undefined,
  camera: Camera | null,
): MapInputs['areas'] {
  const near = camera !== null && camera.zoom >= gridsFrom ? streetsAround(streets ?? [], camera) : []
  return useQueries({
    queries: near.map(({ code }) => areaFeaturesQuery(code)),
    combine: (results) => {
      const loaded = results.flatMap(({ data }) => data?.grids.features ?? [])
      return areas === undefined || loaded.length === 0
        ? areas
        : { ...areas, grids: { ...areas.grids, features: loaded } }
    },
  })
}

function streetsAround(streets: readonly Street[], { lon, lat, zoom }: Camera): Street[] {
  // Half of a screen some four tiles wide.
  const reach = ((360 / 2 ** zoom) * tilesAcross) / 2
  const away = ({ bbox: [west, south, east, north] }: Street) =>
    Math.max(west - lon, lon - east, south - lat, lat - north, 0)
  return streets
    .filter((street) => away(street) <= reach)
    .toSorted((a, b) => away(a) - away(b))
    .slice(0, mostStreets)
}
