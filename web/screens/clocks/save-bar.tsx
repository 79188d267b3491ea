import type { CurrentClockSettings } from '@minqing/data/domain/incident-workflow/clock-settings'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { clockSettingsQuery, useSaveClockSettings } from '../../api/clocks.ts'
import { AnswerError } from '../../api/fetch.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import styles from './clocks.module.css'
import { messages } from './messages.ts'
import { changeText } from './texts.ts'
import type { Draft } from './use-draft.ts'

/** What a save would change, and the save itself; where somebody else was first, the way on without loss. */
export function SaveBar({ draft, current }: { draft: Draft; current: CurrentClockSettings }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const errorText = useErrorText()
  const client = useQueryClient()
  const save = useSaveClockSettings(current.street)
  const [said, setSaid] = useState('')
  const [unread, setUnread] = useState<Error | null>(null)
  const { changes, faults, version } = draft
  const count = String(changes.length)
  const isReady = changes.length > 0 && faults.length === 0 && !save.isPending
  const isStale = save.error instanceof AnswerError && save.error.status === 409
  const send = () => {
    setSaid('')
    const settings = draft.settings()
    save.mutate(
      { version, settings },
      {
        onSuccess: (saved) => {
          draft.settle(saved.version, settings)
          setSaid(t('saved', { version: String(saved.version) }))
        },
      },
    )
  }
  const rebase = async () => {
    try {
      const newest = await client.fetchQuery(clockSettingsQuery(current.street))
      draft.rebase(newest)
      save.reset()
      setUnread(null)
      setSaid(t('rebased', { version: String(newest.version) }))
    } catch (error) {
      setUnread(error as Error)
    }
  }
  const failure = save.error ?? unread
  return (
    <section className={styles.save} aria-label={t('save')}>
      {failure !== null && (
        <Notice
          tone="danger"
          title={t('failed')}
          action={
            isStale ? (
              <Button disabled={faults.length > 0} onPress={() => void rebase()}>
                {t('rebase')}
              </Button>
            ) : undefined
          }
        >
          {errorText(failure)}
        </Notice>
      )}
      <div className={styles.saving}>
        <Button kind={isReady ? 'primary' : 'plain'} disabled={!isReady} onPress={send}>
          {t(save.isPending ? 'saving' : 'save')}
        </Button>
        <output className={styles.said}>
          {faults.length > 0
            ? t('faults', { count: String(faults.length) })
            : changes.length > 0
              ? t('changes', { count })
              : said === ''
                ? t('noChanges')
                : said}
        </output>
        {(changes.length > 0 || faults.length > 0) && (
          <ConfirmButton
            label={t('discard')}
            question={t('discardQuestion', { count })}
            disabled={save.isPending}
            onConfirm={() => {
              draft.reset(current)
              save.reset()
              setSaid('')
            }}
          >
            {t('discard')}
          </ConfirmButton>
        )}
      </div>
      {said !== '' && changes.length > 0 && <p>{said}</p>}
      {(changes.length > 0 || faults.length > 0) && (
        <ul className={styles.changes}>
          {faults.map(({ at, problem }) => (
            <li key={at} className={styles.problem}>
              {problem[language]}
            </li>
          ))}
          {changes.map((change) => (
            <li
              key={'rule' in change ? JSON.stringify(change.rule) : change.kind === 'day' ? change.date : change.kind}
            >
              {changeText(t, change, language)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
