import type { ImportRecord } from '@minqing/data/domain/import'
import { useFormats } from '../../ui/use-formats.ts'
import { Failure } from './failure.tsx'
import { Section } from './section.tsx'
import styles from './table.module.css'
import { UndoButton } from './undo-button.tsx'
import { useWords } from './words/use-words.ts'

/** The imports that were made, each with the way back as long as there is one. */
export function History({
  records,
  error,
  onRetry,
}: {
  records: ImportRecord[] | undefined
  error: Error | null
  onRetry: () => void
}) {
  const words = useWords()
  const formats = useFormats()
  const day = (text: string) => formats.day(new Date(text))
  if (records === undefined)
    return error === null ? null : <Failure title={words.history} error={error} onRetry={onRetry} />
  if (records.length === 0) return <Section title={words.history}>{words.noHistory}</Section>
  return (
    <Section title={words.history}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the keyboard */}
      <div className={styles.frame} role="group" aria-label={words.history} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.file}</th>
              <th scope="col">{words.collection}</th>
              <th scope="col" className={styles.number}>
                {words.change}
              </th>
              <th scope="col">{words.state}</th>
            </tr>
          </thead>
          <tbody>
            {records.map(({ id, at, file, collection, counts, via, who, undoneAt, undoable, undoUntil }) => (
              <tr key={id}>
                <td>{formats.dateTime(new Date(at))}</td>
                <th scope="row">
                  {file}{' '}
                  <span className={styles.quiet}>{via === 'command' ? `${words.byCommand} ${who}` : words.byWeb}</span>
                </th>
                <td>{words.collections[collection]}</td>
                <td className={styles.number}>
                  {formats.count(counts.inserted)} / {formats.count(counts.updated)}
                </td>
                <td>
                  {undoneAt !== null ? (
                    words.statusUndone(day(undoneAt))
                  ) : undoable ? (
                    <div className={styles.undo}>
                      <span className={styles.quiet}>{words.undoUntil(day(undoUntil))}</span>
                      <UndoButton id={id} file={file} label={words.undoShort} />
                    </div>
                  ) : (
                    words.statusFinal
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
