import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { addressOf, get } from '../../api/fetch.ts'
import { sessionQuery } from '../../api/session.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import styles from './sign-in.module.css'

const messages = defineMessages({
  zh: {
    use: '使用“{name}”登录',
    newTab: '将在新标签页中打开；登录后回到此页即可继续。',
    unreachable: '暂时无法连接“{name}”，请稍后再试，或用账号和密码登录。',
  },
  en: {
    use: 'Sign in with “{name}”',
    newTab: 'Opens in a new tab; come back to this page when you have signed in.',
    unreachable: '“{name}” cannot be reached now. Try again later, or sign in with account and password.',
  },
})

const waysQuery = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: async ({ signal }) => (await get('/api/session/ways', {}, signal)).provider,
  retry: false,
})

/**
 * To the centre's own sign-on, where there is one. `beside`: a screen is behind, whose contents would be lost by leaving
 * the page.
 */
export function ProviderLink({ beside }: { beside: boolean }) {
  const t = useMessages(messages)
  const client = useQueryClient()
  const provider = useQuery(waysQuery).data ?? null
  useEffect(() => {
    if (!beside) return
    const look = () => void client.invalidateQueries({ queryKey: sessionQuery().queryKey })
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [beside, client])
  if (provider === null) return null
  const { name, isReachable } = provider
  if (!isReachable) return <p className={styles.unreachable}>{t('unreachable', { name })}</p>
  const back = location.pathname + location.search
  return (
    <p className={styles.provider}>
      <a
        href={addressOf('/api/session/oidc', { query: { back } })}
        {...(beside ? { target: '_blank', rel: 'noopener' } : {})}
      >
        {t('use', { name })}
      </a>
      {beside && <small>{t('newTab')}</small>}
    </p>
  )
}
