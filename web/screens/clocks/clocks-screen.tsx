import type { CurrentClockSettings } from '@minqing/data/domain/incident-workflow/clock-settings'
import { roleLabels } from '@minqing/data/domain/role'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockSettingsQuery } from '../../api/clocks.ts'
import { useMay } from '../../api/session.ts'
import { useOwnStreets } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Failure } from '../../ui/failure.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { NotAllowed } from '../account/not-allowed.tsx'
import { ScreenPage } from '../account/screen-page.tsx'
import { CalendarEditor } from './calendar-editor.tsx'
import styles from './clocks.module.css'
import { Example } from './example.tsx'
import { HoursForm } from './hours-form.tsx'
import { messages } from './messages.ts'
import { RulesTable } from './rules-table.tsx'
import { SaveBar } from './save-bar.tsx'
import { useDraft } from './use-draft.ts'

/** `/clocks`: time limits, working hours and calendar of a street. */
export function ClocksScreen() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const mayRead = useMay('read', 'clock')
  const { status, streets } = useOwnStreets()
  /** In the order in which they were chosen. */
  const [chosen, setChosen] = useState<readonly string[]>([])
  if (!mayRead) return <NotAllowed />
  const opened = chosen.length === 0 ? streets.slice(0, 1).map(({ code }) => code) : chosen
  const street = opened.at(-1)
  return (
    <ScreenPage title={t('title')} wide>
      <Failure title={t('loadFailed')} error={status.error} onRetry={() => void status.refetch()} />
      {streets.length > 1 && (
        <div className={styles.street}>
          <SelectField
            name={t('street')}
            value={street ?? ''}
            all={t('choose')}
            options={streets.map(({ code, name }) => ({ value: code, label: name }))}
            onChoose={(code) => setChosen([...opened.filter((one) => one !== code), ...(code === '' ? [] : [code])])}
          />
        </div>
      )}
      {status.data === undefined ? (
        <output>{basic('loading')}</output>
      ) : street === undefined ? (
        <Notice title={t('noStreet')}>{t('noStreetText')}</Notice>
      ) : (
        // What was entered for one street stays while another is looked at.
        opened.toSorted().map((code) => (
          <div key={code} hidden={code !== street}>
            <OfStreet street={code} />
          </div>
        ))
      )}
    </ScreenPage>
  )
}

function OfStreet({ street }: { street: string }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const { data, error, refetch } = useQuery(clockSettingsQuery(street))
  if (data !== undefined) return <Editor current={data} />
  if (error === null) return <output>{basic('loading')}</output>
  return <Failure title={t('loadFailed')} error={error} onRetry={() => void refetch()} />
}

function Editor({ current }: { current: CurrentClockSettings }) {
  const t = useMessages(messages)
  const mayChange = useMay('change', 'clock')
  const draft = useDraft(current)
  return (
    <>
      <div className={styles.facts}>
        <Since current={current} />
        <p>{t(mayChange ? 'effect' : 'readOnly')}</p>
      </div>
      <RulesTable draft={draft} defaults={current.defaults.settings.rules} disabled={!mayChange} />
      <Example draft={draft} />
      <HoursForm draft={draft} disabled={!mayChange} />
      <CalendarEditor draft={draft} disabled={!mayChange} />
      {mayChange && <SaveBar draft={draft} current={current} />}
    </>
  )
}

function Since({ current: { version, history } }: { current: CurrentClockSettings }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const who = ({ role, setBy }: CurrentClockSettings['history'][number]) =>
    [roleLabels[role][language], setBy].filter((text) => text !== '').join(' ')
  const time = ({ setAt }: CurrentClockSettings['history'][number]) => formats.dateTime(new Date(setAt))
  const [last, ...earlier] = history
  if (last === undefined) return <p>{t('never')}</p>
  return (
    <>
      <p>{t('since', { version: String(version), who: who(last), time: time(last) })}</p>
      {earlier.length > 0 && (
        <details>
          <summary>{t('history')}</summary>
          <ul>
            {earlier.map((one) => (
              <li key={one.version}>
                {t('historyOf', { version: String(one.version), time: time(one), who: who(one) })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
