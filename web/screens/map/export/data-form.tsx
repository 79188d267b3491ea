import { exportsCountsOnly } from '@minqing/data/domain/export'
import { useState } from 'react'
import { useShownSession } from '../../../api/session.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { RadioGroup } from '../../print/choices.tsx'
import formStyles from '../../print/print-form.module.css'
import { useFileRun } from '../../print/use-file-run.ts'
import { exportData, isFiltered } from './export-data.ts'
import styles from './export-dialog.module.css'
import { FileChoices, FileRunEnd } from './file-form.tsx'
import type { ExportChoice, ExportProgress, ExportSubject } from './export-subject.ts'
import { messages } from './messages.ts'

const levels = ['community', 'grid'] as const

/** Exports rows for other programs: a collection, or areas with their counts. */
export function DataForm({
  collection,
  subject,
  onClose,
}: {
  collection: ExportChoice['collection']
  subject: ExportSubject
  onClose: () => void
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const [choice, setChoice] = useState<ExportChoice>({
    collection,
    format: 'geojson',
    datum: 'wgs84',
    circulation: 'internal',
    level: 'grid',
  })
  const session = useShownSession()
  const countsOnly = choice.circulation === 'wide' || (session !== undefined && exportsCountsOnly(session.role))
  const { state, start, cancel } = useFileRun<ExportProgress>()
  const working = state.kind === 'working'
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void start({ stage: 'receiving', bytes: 0 }, (run) => exportData(choice, subject, { ...run, t, language }))
      }}
    >
      <fieldset className={formStyles.options} disabled={working}>
        {collection === 'areas' ? (
          <RadioGroup
            legend={t('level')}
            values={levels}
            value={choice.level}
            label={(level) => t(`levels.${level}`)}
            onChange={(level) => setChoice({ ...choice, level })}
          />
        ) : null}
        <FileChoices choice={choice} onChange={(patch) => setChoice({ ...choice, ...patch })} />
        {countsOnly && isFiltered(choice) ? <p className={styles.note}>{t('countsOnly')}</p> : null}
      </fieldset>
      <FileRunEnd state={state} onCancel={cancel} onClose={onClose} />
    </form>
  )
}
