import { useLocale, useTranslations } from 'use-intl'
import { Icon } from '../../../ui/icon.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { sameTimeWindow, serialiseTimeWindow, wholeTime } from '../../../view/time-window.ts'
import type { ViewPatch } from '../../../view/use-view.ts'
import { useViewState } from '../map-page.ts'
import styles from './active-filters.module.css'
import { codeFilters, labelOf, toggled } from './choices.ts'
import { noFilters } from './no-filters.ts'

/** Every condition in force as a chip that removes it; nothing when there is none. */
export function ActiveFilters() {
  const t = useTranslations('filters')
  const language = useLocale()
  const formats = useFormats()
  const { view, change } = useViewState()

  const day = (seconds: number | null) => (seconds === null ? '…' : formats.day(new Date(seconds * 1000)))
  const time = sameTimeWindow(view.time, wholeTime)
    ? []
    : [
        {
          key: serialiseTimeWindow(view.time),
          // The window ends before its last moment: the day shown is the last one inside it.
          label: t('window', { from: day(view.time.from), to: day(view.time.to && view.time.to - 1) }),
          patch: { time: wholeTime } as ViewPatch,
        },
      ]
  const disputes = view.type.filter((type) => type.startsWith('D'))
  const allDisputes = disputes.length === 16
  const codes = codeFilters.flatMap((filter) =>
    view[filter]
      .filter((code) => !(allDisputes && filter === 'type' && code.startsWith('D')))
      .map((code) => ({
        key: `${filter}:${code}`,
        label: labelOf(filter, code, language),
        patch: { [filter]: toggled(filter, view[filter], [code]) } as ViewPatch,
      })),
  )
  const wholeCategory = allDisputes
    ? [{ key: 'E01', label: t('disputes'), patch: { type: toggled('type', view.type, disputes) } as ViewPatch }]
    : []
  const chips = [...time, ...wholeCategory, ...codes]
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
