import { disputeTypes, incidentTypes, type IncidentType } from '@minqing/data/domain/incident-type'

/** Comma-separated members of a closed set, in the set's own order and once each; null when none is known. */
export function parseCodes<Code extends string>(text: string, known: readonly Code[]): Code[] | null {
  const asked = new Set(text.split(','))
  const found = known.filter((code) => asked.has(code))
  return found.length > 0 ? found : null
}

export function hasUnknownCodes(text: string, known: readonly string[]): boolean {
  return text.split(',').some((code) => !known.includes(code))
}

/** `E01` stands for every kind of dispute. */
export function parseTypes(text: string): IncidentType[] | null {
  const expanded = text.split(',').flatMap((code) => (code === 'E01' ? disputeTypes : [code]))
  return parseCodes(expanded.join(','), incidentTypes)
}

export function serialiseTypes(types: readonly IncidentType[]): string {
  const chosen = new Set<string>(types)
  if (!disputeTypes.every((type) => chosen.has(type))) return types.join(',')
  return ['E01', ...types.filter((type) => !type.startsWith('D'))].join(',')
}

export function sameCodes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((code, index) => code === b[index])
}
