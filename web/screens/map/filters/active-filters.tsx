import { facetNames, nameFacetCodes, noFacetCodes } from '@minqing/data/domain/incident-facets'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Icon } from '../../../ui/icon.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { sameTimeWindow, serialiseTimeWindow, wholeTime } from '../../../view/time-window.ts'
import type { ViewPatch } from '../../../view/use-view.ts'
import { useFreshness, useViewState } from '../map-page.ts'
import { toggled } from './facet-choices.ts'
import styles from './filters.module.css'
import { messages } from './messages.ts'

/** The view without any condition; place and appearance stay. */
export const noFilters: ViewPatch = { time: wholeTime, asOf: null, ...noFacetCodes() }

type Chip = { key: string; label: string; patch: ViewPatch }

/** Every condition in force as a chip that removes it; nothing when there is none. */
export function ActiveFilters() {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { view, change } = useViewState()

  const { asOf } = useFreshness()
  const chipOf = (instant: string): Chip => ({
    key: instant,
    label: t('known', { time: formats.shortDateTime(new Date(instant)) }),
    patch: { asOf: null },
  })

  const day = (seconds: number | null) => (seconds === null ? '…' : formats.day(new Date(seconds * 1000)))
  const time = {
    key: serialiseTimeWindow(view.time),
    // The window's end is not in it: the day shown is the last one inside.
    label: t('window', { from: day(view.time.from), to: day(view.time.to && view.time.to - 1) }),
    patch: { time: wholeTime },
  }
  const facets = facetNames.flatMap((name) =>
    nameFacetCodes(name, view[name]).map(({ key, label, codes }): Chip => ({
      key: `${name}:${key}`,
      label: label[language],
      patch: { [name]: toggled(name, view[name], codes) },
    })),
  )
  const known = asOf === null ? [] : [chipOf(asOf)]
  const chips: Chip[] = [...known, ...(sameTimeWindow(view.time, wholeTime) ? [] : [time]), ...facets]
  if (chips.length === 0) return null

  return (
    <ul className={styles.chips} aria-label={t('active')}>
      {chips.map(({ key, label, patch }) => (
        <li key={key}>
          <button
            type="button"
            className={styles.chip}
            aria-label={t('remove', { name: label })}
            onClick={() => change(patch)}
          >
            {label}
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={styles.reset} onClick={() => change(noFilters)}>
          {t('reset')}
        </button>
      </li>
    </ul>
  )
}
