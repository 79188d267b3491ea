import type { PageSetup } from '@minqing/data/domain/page-setup'
import { useMessages } from '../../i18n/messages.ts'
import { SelectOne } from './choices.tsx'
import { messages } from './messages.ts'
import styles from './print-form.module.css'
import { bindings, mostPages, type Binding } from './print-series.ts'
import type { PrintSubject } from './print-subject.ts'

export type SeriesChoice = { level: keyof PrintSubject['series']; binding: Binding }

const levels = ['community', 'grid'] as const

/** Which areas a series has a page for, and whether the pages make one file. */
export function SeriesOptions({
  choice,
  change,
  areas,
  format,
}: {
  choice: SeriesChoice
  change: (choice: SeriesChoice) => void
  areas: PrintSubject['series']
  format: PageSetup['format']
}) {
  const t = useMessages(messages)
  const count = (level: SeriesChoice['level']) => String(Math.min(areas[level].length, mostPages))
  return (
    <div className={styles.pair}>
      <SelectOne
        label={t('level')}
        values={levels.filter((level) => areas[level].length > 0)}
        value={choice.level}
        name={(level) => t(`levels.${level}`, { count: count(level) })}
        onChange={(level) => change({ ...choice, level })}
      />
      <SelectOne
        label={t('binding')}
        values={format === 'pdf' ? bindings : (['files'] as const)}
        value={format === 'pdf' ? choice.binding : 'files'}
        name={(binding) => t(`bindings.${binding}`)}
        onChange={(binding) => change({ ...choice, binding })}
      />
    </div>
  )
}
