import { roleLabels } from '@minqing/data/domain/role'
import { useQuery } from '@tanstack/react-query'
import { sessionsQuery, useEndSession } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Section } from '../../ui/section.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './account.module.css'

const messages = defineMessages({
  zh: {
    title: '我的登录',
    text: '仍然有效的登录。不认识的请立即结束，并更换密码。',
    failed: '登录列表加载失败',
    notEnded: '未能结束此登录',
    present: '当前登录',
    end: '结束',
    endOf: '结束 {time} 的登录',
    times: '登录于 {created}，最近使用 {used}',
  },
  en: {
    title: 'My sign-ins',
    text: 'Those that are still open. End what you do not know at once, and change your password.',
    failed: 'The sign-ins could not be loaded',
    notEnded: 'The sign-in could not be ended',
    present: 'This one',
    end: 'End',
    endOf: 'End the sign-in of {time}',
    times: 'Signed in {created}, last used {used}',
  },
})

/** The own sessions; all but the present one can be ended here. */
export function Sessions() {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(sessionsQuery())
  const ending = useEndSession()
  const time = (instant: string) => formats.dateTime(new Date(instant))
  return (
    <Section title={t('title')} text={t('text')}>
      <Failure title={t('failed')} error={error} onRetry={() => void refetch()} />
      <Failure title={t('notEnded')} error={ending.error} />
      <ul className={styles.sessions}>
        {data?.map(({ id, role, createdAt, usedAt, address, agent, isPresent }) => (
          <li key={id}>
            <div>
              <span>{[roleLabels[role][language], address].filter(Boolean).join(' · ')}</span>
              <span className={styles.quiet}>{t('times', { created: time(createdAt), used: time(usedAt) })}</span>
              {agent !== null && <small className={styles.quiet}>{agent}</small>}
            </div>
            {isPresent ? (
              <strong>{t('present')}</strong>
            ) : (
              <Button
                label={t('endOf', { time: time(createdAt) })}
                disabled={ending.isPending}
                onPress={() => ending.mutate(id)}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
