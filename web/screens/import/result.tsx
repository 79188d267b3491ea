import { faultPlace, type ImportReport, type ImportSession } from '@minqing/data/domain/import'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { saveFile } from '../../api/download.ts'
import { getRejects, undoImport } from '../../api/imports.ts'
import { statusQuery } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { Addresses } from './addresses.tsx'
import { DemoRemoval } from './demo-removal.tsx'
import { withControlNames } from './control-names.ts'
import { messages } from './messages.ts'
import styles from './result.module.css'
import { Failure, Notes } from './findings.tsx'
import type { Choosing } from './use-choices.ts'

const counts = ['read', 'inserted', 'updated', 'unchanged', 'skipped', 'rejected'] as const

/** Result of an import: counts, rejected rows, and undo. */
export function Result({
  session,
  report,
  choosing,
  onNext,
}: {
  session: ImportSession
  report: ImportReport
  choosing: Choosing
  onNext: () => void
}) {
  const t = useMessages(messages)
  const formats = useFormats()
  const language = useLanguage()
  const client = useQueryClient()
  // Asked for by the page, not by a link: a session that has ended is signed in again first.
  const downloading = useMutation({
    mutationFn: () => getRejects(session.id),
    onSuccess: ({ blob, name }) => saveFile(blob, name),
  })
  const { batch } = report
  useEffect(() => {
    // The versions have changed, and by them the list of imports and the data of the map.
    if (batch !== null) void client.invalidateQueries({ queryKey: statusQuery().queryKey })
  }, [client, batch])
  return (
    <section className={styles.result} data-written={report.written || undefined} aria-label={t('result')}>
      <div role="status">
        <h3 className={styles.title}>{report.written ? t('done') : t('notWritten')}</h3>
      </div>
      {report.written ? null : <p>{t('notWrittenText', { rejected: formats.count(report.rejected) })}</p>}
      <dl className={styles.counts}>
        {counts.map((name) => (
          <div key={name}>
            <dt>{t(`counts.${name}`)}</dt>
            <dd>{formats.count(report[name])}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        {report.rejects.file !== null && (
          <span title={t('rejectsHint')}>
            <Button disabled={downloading.isPending} onPress={() => downloading.mutate()}>
              <Icon name="download" />
              {t('downloadRejects')}
            </Button>
          </span>
        )}
        {report.batch !== null && <UndoButton id={report.batch} file={report.file} label={t('undoImport')} />}
        {report.written && (
          <Button kind="primary" onPress={onNext}>
            {t('next')}
          </Button>
        )}
      </div>
      <Failure title={t('failed')} error={downloading.error} onRetry={() => downloading.mutate()} />
      {report.addresses != null && <Addresses addresses={report.addresses} choosing={choosing} />}
      {report.besideDemo && <DemoRemoval />}
      <Notes
        title={t('fileNotes')}
        // Notes on the first rows are shown with the detected settings.
        notes={report.notes.filter(({ en }) => !session.inspection?.notes.some((note) => note.en === en))}
        rowNotes={report.rowNotes}
      />
      {report.rejects.examples.length > 0 && (
        <details className={styles.details}>
          <summary>{t('rejectedRows')}</summary>
          <ul>
            {report.rejects.examples.map(({ line, row, sheet, faults }) => (
              <li key={row}>
                {sheet === undefined ? '' : `“${sheet}” `}
                {t('line')} {line}：
                {faults
                  .map((fault) =>
                    [
                      faultPlace(fault)?.[language] ?? t('entireRow'),
                      fault.value === '' ? '' : `“${fault.value}”`,
                      withControlNames(fault.reason[language], language),
                    ]
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

/** Undoes an import after a confirmation. */
export function UndoButton({ id, file, label }: { id: number; file: string; label: string }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const client = useQueryClient()
  const [confirming, setConfirming] = useState(false)
  const undo = useMutation({
    mutationFn: () => undoImport(id),
    onSettled: () => setConfirming(false),
    onSuccess: () => client.invalidateQueries({ queryKey: statusQuery().queryKey }),
  })
  if (undo.data !== undefined)
    return (
      <output>
        {t('undone', { removed: formats.count(undo.data.removed), restored: formats.count(undo.data.restored) })}
      </output>
    )
  return (
    <div className={styles.undo}>
      {confirming || undo.isPending ? (
        <div className={styles.confirm} role="group" aria-label={t('undoImport')}>
          <span>{t('confirmUndo', { file })}</span>
          <Button disabled={undo.isPending} onPress={() => undo.mutate()}>
            {undo.isPending ? t('undoing') : t('confirm')}
          </Button>
          <Button kind="bare" disabled={undo.isPending} onPress={() => setConfirming(false)}>
            {t('keep')}
          </Button>
        </div>
      ) : (
        <Button onPress={() => setConfirming(true)}>
          <Icon name="undo" />
          {label}
        </Button>
      )}
      <Failure title={t('failed')} error={undo.error} />
    </div>
  )
}
