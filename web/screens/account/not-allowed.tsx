import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { sessionQuery } from '../../api/session.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { PageNotice } from '../../ui/notice.tsx'
import { Preferences } from '../../ui/preferences.tsx'
import { mapPath } from '../../view/screen-path.ts'
import { AccountMenu } from './account-menu.tsx'
import styles from './not-allowed.module.css'
import { useSessionText } from './session-text.ts'

const messages = defineMessages({
  zh: {
    title: '“{role}”身份不能使用此页面',
    text: '请在右上角切换身份，或退出后以其他账号登录；没有合适的身份时，请联系系统管理员授权。',
  },
  en: {
    title: 'The role “{role}” may not use this page',
    text: 'Switch your role at the top right, or sign out and use another account; an administrator can grant you a role that may.',
  },
})

/** In place of a screen that the present role may not use, with the ways on. */
export function NotAllowed() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  // A wall asks for no session before.
  const session = useQuery(sessionQuery()).data
  const { role } = useSessionText(session ?? nobody)
  if (session == null) return <PageNotice text={basic('loading')} />
  return (
    <InPlaceOfScreen title={t('title', { role })} text={t('text')}>
      <a href={mapPath(location.search)}>{basic('toMap')}</a>
    </InPlaceOfScreen>
  )
}

const nobody = { role: 'wall', areas: [] } as const

/** A message in place of a screen, with the account menu above. */
export function InPlaceOfScreen({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className={styles.page}>
      <header className={styles.tools}>
        <Preferences small={false} />
        <AccountMenu small={false} />
      </header>
      <PageNotice title={title} text={text}>
        {children}
      </PageNotice>
    </div>
  )
}
