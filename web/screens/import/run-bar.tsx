import type { ImportSession } from '@minqing/data/domain/import'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cancelImport, importQuery, importsQuery, runImport } from '../../api/imports.ts'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { Failure } from './failure.tsx'
import { Result } from './result.tsx'
import styles from './run-bar.module.css'
import type { Choosing } from './use-choices.ts'
import { useWords } from './words/use-words.ts'

/** Begins, follows and stops an import, and says what came of it. */
export function RunBar({
  session,
  choosing,
  onNext,
}: {
  session: ImportSession
  choosing: Choosing
  onNext: () => void
}) {
  const words = useWords()
  const formats = useFormats()
  const client = useQueryClient()
  const take = (after: ImportSession) => client.setQueryData(importQuery(session.id).queryKey, after)
  const lookAgain = () => client.invalidateQueries({ queryKey: importQuery(session.id).queryKey })
  // It may have begun although the answer was lost, or in another tab.
  const run = useMutation({ mutationFn: () => runImport(session.id), onSuccess: take, onError: lookAgain })
  const cancel = useMutation({
    mutationFn: () => cancelImport(session.id),
    onSuccess: (after) => {
      take(after)
      void client.invalidateQueries({ queryKey: importsQuery().queryKey })
    },
    onError: lookAgain,
  })
  const { inspection, progress, report, state } = session
  if (state === 'running') {
    const share = progress === null ? 0 : progress.bytes / Math.max(progress.size, 1)
    return (
      <>
        <div className={styles.bar} data-running>
          <div className={styles.progress}>
            <span>
              {words.running} · {words.progress(formats.count(progress?.rows ?? 0))}
            </span>
            <progress max={1} value={share} aria-label={words.running} />
          </div>
          <Button disabled={cancel.isPending} onPress={() => cancel.mutate()}>
            {cancel.isPending ? words.cancelling : words.cancel}
          </Button>
        </div>
        <Failure title={words.notCancelled} error={cancel.error} onRetry={() => cancel.mutate()} />
      </>
    )
  }
  const ready = inspection !== null && session.problem === null && inspection.questions.length === 0
  const skipInvalid = choosing.choices.skipInvalid === true
  return (
    <>
      {report !== null && <Result session={session} report={report} onNext={onNext} />}
      {report?.written === true ? null : (
        <div className={styles.bar}>
          <div className={styles.summary}>
            <output>
              {choosing.looking
                ? words.looking
                : !choosing.settled
                  ? words.unsent
                  : inspection === null
                    ? ''
                    : inspection.questions.length > 0
                      ? words.answerFirst
                      : words.summary(formats.count(inspection.rows), formats.count(inspection.faulty))}
            </output>
            <label className={styles.choice}>
              <input
                type="checkbox"
                checked={skipInvalid}
                onChange={({ target }) => choosing.change({ skipInvalid: target.checked ? true : undefined })}
              />
              {words.skipInvalid}
            </label>
          </div>
          <Button kind="primary" disabled={!ready || !choosing.settled || run.isPending} onPress={() => run.mutate()}>
            {words.run}
          </Button>
        </div>
      )}
      <Failure title={words.failed} error={report?.written === true ? null : run.error} onRetry={() => run.mutate()} />
    </>
  )
}
