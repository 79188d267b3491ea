import type { ImportCollection } from '@minqing/data/domain/import'
import { baseFields } from '@minqing/data/formats/base-fields'
import {
  areaFields,
  buildingFields,
  facilityFields,
  incidentFields,
  type FieldNames,
} from '@minqing/data/formats/field-names'
import type { Check } from '../check/check-context.ts'

/** The fields of each collection. */
export const fieldsOf: Record<ImportCollection, FieldNames> = {
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
 * The check that makes staged values of a collection's rows. Loaded when it is needed: what mends outlines is half of
 * the reader's memory and of its start, and points need none of it.
 */
export async function loadCheck(collection: ImportCollection): Promise<Check> {
  switch (collection) {
    case 'areas':
      return (await import('./check-area.ts')).checkArea(null)
    case 'streets':
      return (await import('./check-area.ts')).checkArea('street')
    case 'communities':
      return (await import('./check-area.ts')).checkArea('community')
    case 'grids':
      return (await import('./check-area.ts')).checkArea('grid')
    case 'buildings':
      return (await import('./check-building.ts')).checkBuilding
    case 'incidents':
      return (await import('./check-incident.ts')).checkIncident
    case 'facilities':
      return (await import('./check-facility.ts')).checkFacility
    case 'base':
      return (await import('./check-base.ts')).checkBase
  }
}
