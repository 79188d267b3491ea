import type { IncidentType } from '@minqing/data/domain/incident-type'
import * as home from './disputes-at-home.ts'
import * as trade from './disputes-in-trade.ts'
import * as outside from './disputes-outside.ts'
import * as environment from './events-environment.ts'
import * as hazard from './events-hazards.ts'
import * as service from './events-service.ts'
import type { Matter } from './matter.ts'

export const matters: Record<IncidentType, readonly Matter[]> = {
  D01: home.family,
  D02: home.neighbours,
  D03: home.titles,
  D04: trade.contracts,
  D05: trade.business,
  D06: outside.damages,
  D07: outside.land,
  D08: outside.clearance,
  D09: outside.pollution,
  D10: trade.labour,
  D11: trade.consumer,
  D12: trade.medical,
  D13: outside.traffic,
  D14: home.property,
  D15: trade.online,
  D99: outside.others,
  E02: hazard.hazards,
  E03: environment.sanitation,
  E04: environment.repairs,
  E05: environment.streetOrder,
  E06: hazard.order,
  E07: service.assistance,
  E08: service.enquiries,
  E09: service.suggestions,
  E10: hazard.alarms,
  E11: service.petitions,
  E99: service.miscellany,
}
