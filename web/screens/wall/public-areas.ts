import type { FeatureCollection } from 'geojson'
import type { MapInputs } from '../../map/map-inputs.ts'

/** What a wall may write beside an outline: no person's name, no phone. */
const shown = ['code', 'level', 'parentCode', 'streetCode', 'name', 'gridType', 'households', 'areaM2'] as const

/** The outlines without the people who are responsible for them. */
export function publicAreas(areas: NonNullable<MapInputs['areas']>): NonNullable<MapInputs['areas']> {
  return {
    streets: withoutPeople(areas.streets),
    communities: withoutPeople(areas.communities),
    grids: withoutPeople(areas.grids),
  }
}

function withoutPeople(collection: FeatureCollection): FeatureCollection {
  return {
    ...collection,
    features: collection.features.map((feature) => ({
      ...feature,
      properties: Object.fromEntries(shown.map((name) => [name, feature.properties?.[name] ?? null])),
    })),
  }
}
