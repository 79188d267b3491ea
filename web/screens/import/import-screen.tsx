import { parseAsString, useQueryState } from 'nuqs'
import { useQuery } from '@tanstack/react-query'
import { importQuery, importsQuery } from '../../api/imports.ts'
import { AnswerError } from '../../api/problem.ts'
import { Icon } from '../../ui/icon.tsx'
import { Preferences } from '../../ui/preferences.tsx'
import { Failure } from './failure.tsx'
import { FileDesk } from './file-desk.tsx'
import { History } from './history.tsx'
import styles from './import-screen.module.css'
import { Reception } from './reception.tsx'
import { useDrop } from './use-drop.ts'
import { useSending } from './use-sending.ts'
import { useWords } from './words/use-words.ts'

/** Files in: hand over, check, preview, import, get rejected rows back, undo. The address names the file. */
export function ImportScreen() {
  const words = useWords()
  const [id, setId] = useQueryState('import', parseAsString.withOptions({ history: 'push' }))
  const { data: session, error, refetch } = useQuery(importQuery(id))
  const imports = useQuery(importsQuery())
  // Cleared after a day, or given up elsewhere: then the next file is asked for.
  const gone = error instanceof AnswerError && error.status === 404
  const sending = useSending((received) => void setId(received.id))
  const over = useDrop((files) => imports.error === null && void sending.send(files))
  const begin = id === null || gone || sending.sent !== null
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <a className={styles.back} href={`/${mapSearch()}`}>
          <Icon name="back" />
          {words.back}
        </a>
        <h1 className={styles.title}>{words.title}</h1>
        <div className={styles.tools}>
          <Preferences small={false} />
        </div>
      </header>
      <main className={styles.main}>
        {gone && <Failure title={words.unreadable} error={error} />}
        {!begin && <Failure title={words.failed} error={sending.failed} onRetry={sending.retry} />}
        {begin ? (
          <Reception sending={sending} over={over} closed={imports.error} />
        ) : session === undefined ? (
          error === null ? (
            <output className={styles.quiet}>{words.loading}</output>
          ) : (
            <Failure title={words.failed} error={error} onRetry={() => void refetch()} />
          )
        ) : (
          <FileDesk key={session.id} session={session} over={over} onNext={() => void setId(null)} />
        )}
        <History records={imports.data} error={imports.error} onRetry={() => void imports.refetch()} />
      </main>
    </div>
  )
}

/** Language and theme go along. */
function mapSearch(): string {
  const here = new URLSearchParams(location.search)
  const kept = new URLSearchParams([...here].filter(([name]) => name === 'lang' || name === 'theme'))
  return kept.size === 0 ? '' : `?${kept}`
}
