import {
  actorKindLabel,
  auditActionLabel,
  type AuditEntry,
  auditEntryId,
  auditObjectLabel,
  auditResultLabels,
  noStreetCode,
} from '@minqing/data/domain/audit'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { roleLabels, roleNames } from '@minqing/data/domain/role'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { auditPageQuery, type AuditSearch } from '../../api/audit.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import hidden from '../../ui/hidden.module.css'
import { unknown } from '../../ui/use-formats.ts'
import type { ChangeFilter } from './audit-filter.ts'
import styles from './audit-screen.module.css'
import { messages } from './messages.ts'

/** The rows, the newest first, page after page. `key` it by the filter: another one begins with its first page. */
export function Entries({ search, change }: { search: AuditSearch; change: ChangeFilter }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const errorText = useErrorText()
  // What each page follows; the first follows nothing.
  const [pages, setPages] = useState<(string | undefined)[]>([undefined])
  const { data: last, error, isFetching, refetch } = useQuery(auditPageQuery(search, pages.at(-1)))
  const next = last?.next ?? null
  const isEmpty = pages.length === 1 && last?.entries.length === 0
  if (isEmpty)
    return (
      <section className={styles.section} aria-label={t('entries')}>
        <Notice title={t('empty')}>{t('emptyText')}</Notice>
      </section>
    )
  return (
    <section className={styles.section} aria-label={t('entries')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('time')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('action')}</th>
            <th scope="col">{t('result')}</th>
            <th scope="col" className={styles.roomy}>
              {t('address')}
            </th>
            <th scope="col">
              <span className={hidden.hidden}>{t('show')}</span>
            </th>
          </tr>
        </thead>
        {pages.map((after) => (
          <EntriesPage key={after ?? ''} search={search} after={after} change={change} />
        ))}
      </table>
      {error !== null && (
        <Notice
          tone="danger"
          title={t('failed')}
          action={<Button onPress={() => void refetch()}>{basic('retry')}</Button>}
        >
          {errorText(error)}
        </Notice>
      )}
      <div className={styles.end}>
        {next !== null ? (
          <Button disabled={isFetching} onPress={() => setPages([...pages, next])}>
            {t('more')}
          </Button>
        ) : (
          <span className={styles.quiet}>{last === undefined ? basic('loading') : t('end')}</span>
        )}
      </div>
    </section>
  )
}

function EntriesPage({
  search,
  after,
  change,
}: {
  search: AuditSearch
  after: string | undefined
  change: ChangeFilter
}) {
  const { data } = useQuery(auditPageQuery(search, after))
  return (
    <tbody>
      {data?.entries.map((entry) => (
        <EntryRow key={auditEntryId(entry)} entry={entry} change={change} />
      ))}
    </tbody>
  )
}

function EntryRow({ entry, change }: { entry: AuditEntry; change: ChangeFilter }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const time = timeFormats[language].format(new Date(entry.at))
  const who = entry.actorName === '' ? unknown : entry.actorName
  return (
    <>
      <tr data-result={entry.result}>
        <td className={styles.time}>{time}</td>
        <th scope="row">
          {who}
          <span className={styles.quiet}>{roleText(entry.role, language)}</span>
        </th>
        <td>
          {`${auditActionLabel(entry.action)[language]} · ${auditObjectLabel(entry.object)[language]}`}
          {entry.target !== null && <span className={styles.quiet}>{entry.target}</span>}
        </td>
        <td className={styles.result}>{auditResultLabels[entry.result][language]}</td>
        <td className={styles.roomy}>{entry.address ?? unknown}</td>
        <td className={styles.show}>
          <Button kind="bare" label={t('showOf', { time, who })} expanded={open} onPress={() => setOpen(!open)}>
            {t('show')}
          </Button>
        </td>
      </tr>
      {open && (
        <tr className={styles.opened}>
          <td colSpan={6}>
            <Details entry={entry} change={change} />
          </td>
        </tr>
      )}
    </>
  )
}

function Details({ entry, change }: { entry: AuditEntry; change: ChangeFilter }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const { actorId, actorKind, streetCode, address, target, reason, details } = entry
  const rows = [
    [t('id'), auditEntryId(entry)],
    [t('kind'), actorKindLabel(actorKind)[language]],
    [t('whoId'), actorId],
    [t('role'), roleText(entry.role, language)],
    [t('address'), address ?? unknown],
    [t('street'), streetCode === noStreetCode ? t('noStreet') : streetCode],
    [t('target'), target ?? unknown],
    [t('reason'), reason ?? unknown],
  ] as const
  return (
    <div className={styles.details}>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {Object.keys(details).length > 0 && (
          <div className={styles.content}>
            <dt>{t('details')}</dt>
            <dd>
              <pre>{JSON.stringify(details, null, 2)}</pre>
            </dd>
          </div>
        )}
      </dl>
      <Button onPress={() => change({ actor: actorId })}>{t('onlyWho')}</Button>
    </div>
  )
}

function roleText(role: string, language: 'zh' | 'en'): string {
  const known = roleNames.find((name) => name === role)
  return known === undefined ? role : roleLabels[known][language]
}

/** To the second. */
function timeFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    timeZone: homeTimeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
}
// Swedish writes ISO 8601, which breaks between day and time alone.
const timeFormats = { zh: timeFormat('zh-CN'), en: timeFormat('sv-SE') }
