import type { ImportSession } from '@minqing/data/domain/import'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cancelImport, importQuery, importsQuery, runImport } from '../../api/imports.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { basicMessages } from '../../ui/basic-messages.ts'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './import-file.module.css'
import { messages } from './messages.ts'
import { Result } from './result.tsx'
import { Failure } from './findings.tsx'
import type { Choosing } from './use-choices.ts'

/** Starts, follows and cancels an import, and shows its result. */
export function RunBar({
  session,
  choosing,
  onNext,
}: {
  session: ImportSession
  choosing: Choosing
  onNext: () => void
}) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const formats = useFormats()
  const client = useQueryClient()
  const store = (after: ImportSession) => client.setQueryData(importQuery(session.id).queryKey, after)
  const refetch = () => client.invalidateQueries({ queryKey: importQuery(session.id).queryKey })
  // The import may run although the response was lost, or in another tab.
  const run = useMutation({ mutationFn: () => runImport(session.id), onSuccess: store, onError: refetch })
  const cancel = useMutation({
    mutationFn: () => cancelImport(session.id),
    onSuccess: (after) => {
      store(after)
      void client.invalidateQueries({ queryKey: importsQuery().queryKey })
    },
    onError: refetch,
  })
  const { inspection, progress, report, state } = session
  if (state === 'running') {
    const share = progress === null ? 0 : progress.bytes / Math.max(progress.size, 1)
    return (
      <>
        <div className={styles.bar} data-running>
          <div className={styles.progress}>
            <span>
              {t('running')} · {t('progress', { rows: formats.count(progress?.rows ?? 0) })}
            </span>
            <progress max={1} value={share} aria-label={t('running')} />
          </div>
          <Button disabled={cancel.isPending} onPress={() => cancel.mutate()}>
            {cancel.isPending ? t('cancelling') : basic('cancel')}
          </Button>
        </div>
        <Failure title={t('notCancelled')} error={cancel.error} onRetry={() => cancel.mutate()} />
      </>
    )
  }
  const ready = inspection !== null && session.problem === null && inspection.questions.length === 0
  const skipInvalid = choosing.choices.skipInvalid === true
  return (
    <>
      {report !== null && <Result session={session} report={report} choosing={choosing} onNext={onNext} />}
      {report?.written === true ? null : (
        <div className={styles.bar}>
          <div className={styles.summary}>
            <output>
              {choosing.checking
                ? t('checking')
                : !choosing.settled
                  ? t('notSaved')
                  : inspection === null
                    ? ''
                    : inspection.questions.length > 0
                      ? t('answerFirst')
                      : t('summary', {
                          rows: formats.count(inspection.rows),
                          faulty: formats.count(inspection.faulty),
                        })}
            </output>
            <label className={styles.choice}>
              <input
                type="checkbox"
                checked={skipInvalid}
                onChange={({ target }) => choosing.change({ skipInvalid: target.checked ? true : undefined })}
              />
              {t('skipInvalid')}
            </label>
          </div>
          <Button kind="primary" disabled={!ready || !choosing.settled || run.isPending} onPress={() => run.mutate()}>
            {t('run')}
          </Button>
        </div>
      )}
      <Failure title={t('failed')} error={report?.written === true ? null : run.error} onRetry={() => run.mutate()} />
    </>
  )
}
