import type { ImportCollection } from '@minqing/data/domain/import'
import { baseFields } from '@minqing/data/formats/base-fields'
import {
  areaFields,
  buildingFields,
  facilityFields,
  incidentFields,
  type FieldNames,
} from '@minqing/data/formats/field-names'
import type { Collection } from './collection.ts'

/** The fields of each collection. */
export const collectionFields: Record<ImportCollection, FieldNames> = {
  areas: areaFields,
  streets: areaFields,
  communities: areaFields,
  grids: areaFields,
  buildings: buildingFields,
  incidents: incidentFields,
  facilities: facilityFields,
  base: baseFields,
}

/**
 * What an import knows of a collection. Loaded when it is needed: what mends outlines is half of the reader's memory and
 * of its start, and points need none of it.
 */
export async function loadCollection(name: ImportCollection): Promise<Collection> {
  switch (name) {
    case 'areas':
      return (await import('./areas.ts')).areas(null)
    case 'streets':
      return (await import('./areas.ts')).areas('street')
    case 'communities':
      return (await import('./areas.ts')).areas('community')
    case 'grids':
      return (await import('./areas.ts')).areas('grid')
    case 'buildings':
      return (await import('./buildings.ts')).buildings
    case 'incidents':
      return (await import('./incidents.ts')).incidents
    case 'facilities':
      return (await import('./facilities.ts')).facilities
    case 'base':
      return (await import('./base.ts')).base
  }
}
