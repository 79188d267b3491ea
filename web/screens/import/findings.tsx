import type { ImportReport } from '@minqing/data/domain/import'
import { AnswerError } from '../../api/fetch.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Notice } from '../../ui/notice.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { withControlNames } from './control-names.ts'
import { messages } from './messages.ts'
import styles from './notes.module.css'

/** What failed, why as far as the server reports it, and a button to retry. */
export function Failure({ title, error, onRetry }: { title: string; error: Error | null; onRetry?: () => void }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const language = useLanguage()
  const errorText = useErrorText()
  if (error === null) return null
  const reason = error instanceof AnswerError ? errorText(error) : t('unreachable')
  const action = onRetry === undefined ? undefined : <Button onPress={onRetry}>{basic('retry')}</Button>
  return (
    <Notice tone="danger" title={title} action={action}>
      {withControlNames(reason, language)}
    </Notice>
  )
}

/** Notes on a file, and notes on rows with the number of rows. */
export function Notes({ title, notes, rowNotes }: { title: string } & Pick<ImportReport, 'notes' | 'rowNotes'>) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  if (notes.length + rowNotes.length === 0) return null
  return (
    <div>
      <h4 className={styles.notesTitle}>{title}</h4>
      <ul className={styles.notes}>
        {notes.map((note) => (
          <li key={note.en}>{withControlNames(note[language], language)}</li>
        ))}
        {rowNotes.map(({ label, rows }) => (
          <li key={label.en}>
            {withControlNames(label[language], language)}{' '}
            <span className={styles.count}>{t('noteRows', { rows: formats.count(rows) })}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
