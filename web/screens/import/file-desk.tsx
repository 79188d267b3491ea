import type { ImportSession } from '@minqing/data/domain/import'
import { useLocale } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { Columns } from './columns.tsx'
import { Failure } from './failure.tsx'
import styles from './file-desk.module.css'
import { Preview } from './preview.tsx'
import { Recognised } from './recognised.tsx'
import { RunBar } from './run-bar.tsx'
import { TypeWords } from './type-words.tsx'
import { useChoices } from './use-choices.ts'
import { onScreen } from './words/fields.ts'
import { useWords } from './words/use-words.ts'

/** One file from what was recognised to what came of it. */
export function FileDesk({
  session,
  over,
  onNext,
}: {
  session: ImportSession
  /** Whether another file is held above the screen. */
  over: boolean
  onNext: () => void
}) {
  const words = useWords()
  const language = useLocale()
  const formats = useFormats()
  const choosing = useChoices(session)
  const { inspection, problem, file, remembered } = session
  return (
    <>
      {over && <output className={styles.note}>{words.dropNext}</output>}
      <div className={styles.head}>
        <h2 className={styles.name}>{file.name}</h2>
        <span className={styles.quiet}>
          {[size(file.size), inspection?.format, ...file.beside].filter(Boolean).join(' · ')}
        </span>
        <Button onPress={onNext}>{words.otherFile}</Button>
      </div>
      {problem !== null && (
        <Notice tone="danger" title={words.unreadable}>
          {onScreen(problem[language], language)}
        </Notice>
      )}
      <Failure title={words.failed} error={choosing.failed} onRetry={choosing.retry} />
      {remembered !== null && (
        <p className={styles.note}>{words.remembered(remembered.file, formats.dateTime(new Date(remembered.at)))}</p>
      )}
      <RunBar session={session} choosing={choosing} onNext={onNext} />
      <Recognised inspection={inspection} choosing={choosing} source={file.name} />
      {inspection !== null && (
        <>
          <Preview session={session} inspection={inspection} looking={choosing.looking} />
          <Columns inspection={inspection} choosing={choosing} />
          <TypeWords inspection={inspection} choosing={choosing} />
        </>
      )}
    </>
  )
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
