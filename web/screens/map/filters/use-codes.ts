import { useLocale, useTranslations } from 'use-intl'
import { useCounts, useViewState } from '../map-page.ts'
import { choicesOf, toggled, type ChoiceGroup, type CodeFilter } from './choices.ts'

/** One set of codes of the filter: what can be chosen, what is, and how to change it. */
export function useCodes(filter: CodeFilter): {
  groups: ChoiceGroup[]
  chosen: readonly string[]
  toggle: (codes: readonly string[]) => void
  clear: () => void
} {
  const t = useTranslations('filters')
  const language = useLocale()
  const { view, change } = useViewState()
  const { tally } = useCounts()
  const words = { disputes: t('disputes'), otherEvents: t('otherEvents') }
  return {
    groups: choicesOf(filter, view, tally, language, words),
    chosen: view[filter],
    toggle: (codes) => change({ [filter]: toggled(filter, view[filter], codes) }),
    clear: () => change({ [filter]: [] }),
  }
}
