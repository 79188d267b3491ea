import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Home } from '../make-buildings.ts'

/** The title and text of a case. */
export function compose(type: IncidentType, home: Home, ordinal: number): { title: string; text: string } {
  const title = `${home.building.name}${incidentTypeLabels[type].zh}问题（${ordinal % 1000}）`
  return { title, text: `${title}，请核实处理。` }
}
