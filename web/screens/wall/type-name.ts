import { categoryOf, incidentTypeLabels, type IncidentType } from '@minqing/data/domain/incident-type'
import type { Language } from '@minqing/data/domain/label'

/** A type as it reads away from its column heading: “邻里” alone would not say that it is a dispute. */
export function typeName(type: IncidentType, language: Language): string {
  const label = incidentTypeLabels[type][language]
  if (language !== 'zh' || categoryOf(type) !== 'E01' || /(纠纷|争议)$/.test(label)) return label
  return `${label}纠纷`
}
