import { areaFields, buildingFields, facilityFields, incidentFields } from '@minqing/data/formats/field-names'
import { applyAreas } from './apply-areas.ts'
import { applyBuildings } from './apply-buildings.ts'
import { applyFacilities } from './apply-facilities.ts'
import { applyIncidents } from './apply-incidents.ts'
import { areaStaging, checkArea } from './check-area.ts'
import { buildingStaging, checkBuilding } from './check-building.ts'
import { checkFacility, facilityStaging } from './check-facility.ts'
import { checkIncident, incidentStaging } from './check-incident.ts'
import type { Importer } from './importer.ts'
import type { ImportCollection } from './plan.ts'

const areas = { fields: areaFields, staging: areaStaging, apply: applyAreas }

/** Each collection's fields, staging table, check and merge. */
export const importers: Record<ImportCollection, Importer> = {
  areas: { ...areas, check: checkArea(null) },
  streets: { ...areas, check: checkArea('street') },
  communities: { ...areas, check: checkArea('community') },
  grids: { ...areas, check: checkArea('grid') },
  buildings: { fields: buildingFields, staging: buildingStaging, check: checkBuilding, apply: applyBuildings },
  incidents: { fields: incidentFields, staging: incidentStaging, check: checkIncident, apply: applyIncidents },
  facilities: { fields: facilityFields, staging: facilityStaging, check: checkFacility, apply: applyFacilities },
}
