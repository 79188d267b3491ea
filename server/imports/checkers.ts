import {
  areaFields,
  buildingFields,
  facilityFields,
  incidentFields,
  type FieldNames,
} from '@minqing/data/formats/field-names'
import { baseFields } from '@minqing/data/formats/base-fields'
import { checkArea } from './check-area.ts'
import { checkBase } from './check-base.ts'
import { checkBuilding } from './check-building.ts'
import type { Check } from './check-context.ts'
import { checkFacility } from './check-facility.ts'
import { checkIncident } from './check-incident.ts'
import type { ImportCollection } from '@minqing/data/domain/import'

export type Checker = { fields: FieldNames; check: Check }

/** Each collection's fields, and the check that makes staged values of a row. Runs in the limited child process. */
export const checkers: Record<ImportCollection, Checker> = {
  areas: { fields: areaFields, check: checkArea(null) },
  streets: { fields: areaFields, check: checkArea('street') },
  communities: { fields: areaFields, check: checkArea('community') },
  grids: { fields: areaFields, check: checkArea('grid') },
  buildings: { fields: buildingFields, check: checkBuilding },
  incidents: { fields: incidentFields, check: checkIncident },
  facilities: { fields: facilityFields, check: checkFacility },
  base: { fields: baseFields, check: checkBase },
}
