import type { ImportReport, ImportSession } from '@minqing/data/domain/import'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLocale } from 'use-intl'
import { importsQuery } from '../../api/imports.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './result.module.css'
import { Remarks } from './remarks.tsx'
import { UndoButton } from './undo-button.tsx'
import { onScreen } from './words/fields.ts'
import { useWords } from './words/use-words.ts'

const counted = ['read', 'inserted', 'updated', 'unchanged', 'skipped', 'rejected'] as const

/** What an import came to: counts, the rows that were refused, and the way back. */
export function Result({
  session,
  report,
  onNext,
}: {
  session: ImportSession
  report: ImportReport
  onNext: () => void
}) {
  const words = useWords()
  const formats = useFormats()
  const language = useLocale()
  const client = useQueryClient()
  const { batch } = report
  useEffect(() => {
    // Another import in the list, and other data on the map.
    if (batch === null) return
    void client.invalidateQueries({ queryKey: importsQuery().queryKey })
    void client.invalidateQueries({ queryKey: ['status'] })
  }, [client, batch])
  return (
    <section className={styles.result} data-written={report.written || undefined} aria-label={words.state}>
      <div role="status">
        <h3 className={styles.title}>{report.written ? words.done : words.notWritten}</h3>
      </div>
      {report.written ? null : <p>{words.notWrittenText(formats.count(report.rejected))}</p>}
      <dl className={styles.counts}>
        {counted.map((name) => (
          <div key={name}>
            <dt>{words.counts[name]}</dt>
            <dd>{formats.count(report[name])}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        {report.rejects.file !== null && (
          <a className={styles.download} href={`/api/imports/${session.id}/rejects`} title={words.rejectsHint} download>
            <Icon name="download" />
            {words.downloadRejects}
          </a>
        )}
        {report.batch !== null && <UndoButton id={report.batch} file={report.file} label={words.undo} />}
        {report.written && (
          <Button kind="primary" onPress={onNext}>
            {words.next}
          </Button>
        )}
      </div>
      <Remarks
        title={words.foundWhileReading}
        // What the first rows told already stands below.
        notes={report.notes.filter(({ en }) => !session.inspection?.notes.some((note) => note.en === en))}
        remarks={report.remarks}
      />
      {report.rejects.examples.length > 0 && (
        <details className={styles.details}>
          <summary>{words.rejectedRows}</summary>
          <ul>
            {report.rejects.examples.map(({ line, row, sheet, faults }) => (
              <li key={row}>
                {sheet === undefined ? '' : `“${sheet}” `}
                {words.line} {line}：
                {faults
                  .map(({ column, value, reason }) =>
                    [column ?? words.wholeRow, value === '' ? '' : `“${value}”`, onScreen(reason[language], language)]
                      .filter((part) => part !== '')
                      .join(' '),
                  )
                  .join('；')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
