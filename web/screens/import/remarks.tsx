import type { ImportReport } from '@minqing/data/domain/import'
import { useLocale } from 'use-intl'
import styles from './remarks.module.css'
import { onScreen } from './words/fields.ts'
import { useWords } from './words/use-words.ts'

/** What the reader did on its own, and what it noticed in how many rows. */
export function Remarks({ title, notes, remarks }: { title: string } & Pick<ImportReport, 'notes' | 'remarks'>) {
  const words = useWords()
  const language = useLocale()
  if (notes.length + remarks.length === 0) return null
  return (
    <div>
      <h4 className={styles.title}>{title}</h4>
      <ul className={styles.remarks}>
        {notes.map((note) => (
          <li key={note.en}>{onScreen(note[language], language)}</li>
        ))}
        {remarks.map(({ label, rows }) => (
          <li key={label.en}>
            {onScreen(label[language], language)} <span className={styles.count}>{words.timesRows(String(rows))}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
