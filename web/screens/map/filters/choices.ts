import { channelLabels, channels } from '@minqing/data/domain/channel'
import {
  incidentStageLabels,
  incidentStages,
  incidentStatuses,
  incidentStatusLabels,
  stageOf,
} from '@minqing/data/domain/incident-status'
import { disputeTypes, incidentTypeLabels, incidentTypes, otherTypes } from '@minqing/data/domain/incident-type'
import type { Language } from '@minqing/data/domain/label'
import { riskLabels, risks } from '@minqing/data/domain/risk'
import type { Tally } from '../../../view/crossfilter.ts'
import type { View } from '../../../view/use-view.ts'

/** The parts of the filter that are sets of codes. */
export const codeFilters = ['type', 'channel', 'status', 'risk'] as const
export type CodeFilter = (typeof codeFilters)[number]

export type Choice = { code: string; label: string; count: number }
/** `label` is null where the whole set is one group. */
export type ChoiceGroup = { key: string; label: string | null; choices: Choice[] }

const known: Record<CodeFilter, readonly string[]> = {
  type: incidentTypes,
  channel: channels,
  status: incidentStatuses,
  risk: risks,
}
const labels: Record<CodeFilter, Record<string, { zh: string; en: string }>> = {
  type: incidentTypeLabels,
  channel: channelLabels,
  status: incidentStatusLabels,
  risk: riskLabels,
}
const counted = { type: 'byType', channel: 'byChannel', status: 'byStatus', risk: 'byRisk' } as const

export function labelOf(filter: CodeFilter, code: string, language: Language): string {
  return labels[filter][code]?.[language] ?? code
}

function groupsOf(filter: CodeFilter, language: Language, words: { disputes: string; otherEvents: string }) {
  switch (filter) {
    case 'type':
      return [
        { key: 'E01', label: words.disputes, codes: disputeTypes },
        { key: 'other', label: words.otherEvents, codes: otherTypes },
      ]
    case 'status':
      return incidentStages.map((stage) => ({
        key: stage,
        label: incidentStageLabels[stage][language],
        codes: incidentStatuses.filter((status) => stageOf[status] === stage),
      }))
    case 'channel':
    case 'risk':
      return [{ key: 'all', label: null, codes: known[filter] }]
  }
}

/**
 * What can be chosen, with how many cases each choice would leave. Codes without a case are left out unless chosen;
 * channels, which have no order of their own, come by count.
 */
export function choicesOf(
  filter: CodeFilter,
  view: View,
  tally: Tally | undefined,
  language: Language,
  words: { disputes: string; otherEvents: string },
): ChoiceGroup[] {
  const chosen: readonly string[] = view[filter]
  const counts = tally?.[counted[filter]]
  return groupsOf(filter, language, words)
    .map(({ key, label, codes }) => {
      const choices = codes
        .map((code) => ({
          code,
          label: labelOf(filter, code, language),
          count: counts?.[known[filter].indexOf(code)] ?? 0,
        }))
        .filter(({ code, count }) => count > 0 || chosen.includes(code) || filter === 'risk')
      if (filter === 'channel') choices.sort((a, b) => b.count - a.count)
      return { key, label, choices }
    })
    .filter(({ choices }) => choices.length > 0)
}

/** The set with `codes` all in, or all out when they already were, in the order of the domain. */
export function toggled(filter: CodeFilter, chosen: readonly string[], codes: readonly string[]): string[] {
  const all = codes.every((code) => chosen.includes(code))
  return known[filter].filter((code) => (codes.includes(code) ? !all : chosen.includes(code)))
}
