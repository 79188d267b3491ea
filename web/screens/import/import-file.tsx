import type { ImportSession } from '@minqing/data/domain/import'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { Columns, WordMeanings } from './columns.tsx'
import { withControlNames } from './control-names.ts'
import styles from './import-file.module.css'
import { messages } from './messages.ts'
import { Preview } from './preview.tsx'
import { Recognised } from './recognised.tsx'
import { RunBar } from './run-bar.tsx'
import { Failure } from './findings.tsx'
import { useChoices } from './use-choices.ts'

/** One uploaded file: detected settings, preview, import and result. */
export function ImportFile({
  session,
  over,
  onNext,
}: {
  session: ImportSession
  /** Whether files are being dragged over the screen. */
  over: boolean
  onNext: () => void
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const choosing = useChoices(session)
  const { inspection, problem, file, remembered } = session
  return (
    <>
      {over && <output className={styles.note}>{t('dropNext')}</output>}
      <div className={styles.head}>
        <h2 className={styles.fileName}>{file.name}</h2>
        <span className={styles.quiet}>
          {[size(file.size), inspection?.format, ...file.beside].filter(Boolean).join(' · ')}
        </span>
        <Button onPress={onNext}>{t('otherFile')}</Button>
      </div>
      {problem !== null && (
        <Notice tone="danger" title={t('unreadable')}>
          {withControlNames(problem[language], language)}
        </Notice>
      )}
      <Failure title={t('failed')} error={choosing.failed} onRetry={choosing.retry} />
      {remembered !== null && (
        <p className={styles.note}>
          {t('remembered', {
            file: remembered.file,
            time: formats.dateTime(new Date(remembered.at)),
            street: session.choices.street ?? 'none',
          })}
        </p>
      )}
      <RunBar session={session} choosing={choosing} onNext={onNext} />
      <Recognised inspection={inspection} choosing={choosing} source={file.name} />
      {inspection !== null && (
        <>
          <Preview session={session} inspection={inspection} checking={choosing.checking} />
          <Columns inspection={inspection} choosing={choosing} />
          <WordMeanings inspection={inspection} choosing={choosing} />
        </>
      )}
    </>
  )
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
