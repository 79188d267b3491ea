import { type FacetCode, type FacetName, facetOf } from '@minqing/data/domain/incident-facets'
import type { Language } from '@minqing/data/domain/label'
import type { Tally } from '../../../view/crossfilter.ts'
import type { View } from '../../../view/use-view.ts'

export type Choice = { code: string; label: string; count: number }
/** `label` is null where the whole facet is one group; `codes` are all of the group, also those that are not offered. */
export type ChoiceGroup = { key: string; label: string | null; codes: readonly string[]; choices: Choice[] }

export function facetLabel(name: FacetName, code: string, language: Language): string {
  return facetOf(name).labels[code]?.[language] ?? code
}

/**
 * What can be chosen, with how many incidents each choice would leave. Codes without an incident are left out unless
 * they are chosen or the facet offers all of them; codes without an order or groups come by count.
 */
export function facetChoices(name: FacetName, view: View, tally: Tally | undefined, language: Language): ChoiceGroup[] {
  const chosen: readonly string[] = view[name]
  const counts = tally?.byFacet[name]
  const { codes: all, groups, isOrdered, offersEmpty } = facetOf(name)
  return (groups ?? [{ key: 'all', label: null, codes: all }])
    .map(({ key, label, codes }) => {
      const choices = codes
        .map((code) => ({ code, label: facetLabel(name, code, language), count: counts?.[all.indexOf(code)] ?? 0 }))
        .filter(({ code, count }) => count > 0 || chosen.includes(code) || offersEmpty)
      if (groups === null && !isOrdered) choices.sort((a, b) => b.count - a.count)
      return { key, label: label?.[language] ?? null, codes, choices }
    })
    .filter(({ choices }) => choices.length > 0)
}

/** The set with `codes` all in, or all out when they already were, in the order of the facet. */
export function toggled<Name extends FacetName>(
  name: Name,
  chosen: readonly string[],
  codes: readonly string[],
): FacetCode<Name>[] {
  const all = codes.every((code) => chosen.includes(code))
  const remains = (code: string) => (codes.includes(code) ? !all : chosen.includes(code))
  return facetOf(name).codes.filter(remains) as FacetCode<Name>[]
}
