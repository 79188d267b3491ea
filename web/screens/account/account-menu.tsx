import { roleLabels } from '@minqing/data/domain/role'
import type { Session } from '@minqing/data/domain/session'
import { useId } from 'react'
import { useMay, useShownSession, useSignOut, useSwitchRole } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Popover } from '../../ui/popover.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { accountsPath, auditPath, clocksPath, mePath } from '../../view/screen-path.ts'
import styles from './account-menu.module.css'
import { useSessionText } from './session-text.ts'

const messages = defineMessages({
  zh: {
    menu: '账号：{who}',
    viewAs: '以…身份查看',
    me: '我的账号',
    accounts: '账号管理',
    walls: '大屏设备',
    clocks: '时限与日历',
    audit: '审计日志',
    signOut: '退出登录',
    demo: '演示',
    demoViewAs: '演示 · 以…身份查看',
    demoText: '建立第一个账号后演示结束，须登录使用。',
    rights: '此身份的权限',
  },
  en: {
    menu: 'Account: {who}',
    viewAs: 'View as',
    me: 'My account',
    accounts: 'Accounts',
    walls: 'Walls',
    clocks: 'Time limits and calendar',
    audit: 'Audit trail',
    signOut: 'Sign out',
    demo: 'Demo',
    demoViewAs: 'Demo · view as',
    demoText: 'The demo ends when the first account is made; everybody signs in from then on.',
    rights: 'What this role may do',
  },
})

/** Who is signed in, in what role and where, or the demo’s role; nothing where the server runs without sign-in. */
export function AccountMenu({ small }: { small: boolean }) {
  const session = useShownSession()
  return session === undefined || (session.id === null && !session.isDemo) ? null : (
    <Menu session={session} small={small} />
  )
}

function Menu({ session, small }: { session: Session; small: boolean }) {
  const t = useMessages(messages)
  const { role, place } = useSessionText(session)
  const signOut = useSignOut()
  const mayAudit = useMay('read', 'audit')
  const mayWalls = useMay('read', 'wall_device')
  const mayClocks = useMay('change', 'clock')
  const mayAccounts = useMay('read', 'account')
  const errorText = useErrorText()
  const name = session.isDemo ? t('demo') : session.name
  const who = `${name} · ${role} · ${place}`
  return (
    <Popover
      align="end"
      label={t('menu', { who })}
      trigger={
        <>
          <Icon name="person" />
          {small ? null : <span className={styles.name}>{name}</span>}
          {small ? null : <span className={styles.role}>{`${role} · ${place}`}</span>}
        </>
      }
    >
      <div className={styles.menu}>
        <p className={styles.who}>
          <strong>{name}</strong>
          <span>{`${role} · ${place}`}</span>
        </p>
        {session.roles.length > 1 && <Roles session={session} />}
        {mayAudit && (
          <a className={styles.link} href={auditPath(location.search)}>
            {t('audit')}
          </a>
        )}
        <a className={styles.link} href={mePath(location.search)}>
          {t(session.isDemo ? 'rights' : 'me')}
        </a>
        {mayWalls && (
          <a className={styles.link} href={accountsPath(location.search)}>
            {t(mayAccounts ? 'accounts' : 'walls')}
          </a>
        )}
        {mayClocks && (
          <a className={styles.link} href={clocksPath(location.search)}>
            {t('clocks')}
          </a>
        )}
        {session.isDemo ? (
          <p className={styles.heading}>{t('demoText')}</p>
        ) : (
          <Button kind="bare" disabled={signOut.isPending} onPress={() => signOut.mutate()}>
            {t('signOut')}
          </Button>
        )}
        {signOut.error !== null && <p role="alert">{errorText(signOut.error)}</p>}
      </div>
    </Popover>
  )
}

/** The roles of the account, one of which is the present one. */
function Roles({ session }: { session: Session }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const errorText = useErrorText()
  const switching = useSwitchRole()
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} className={styles.roles} data-many={session.roles.length > 4 || undefined}>
      <p id={id} className={styles.heading}>
        {t(session.isDemo ? 'demoViewAs' : 'viewAs')}
      </p>
      {session.roles.map((role) => (
        <Button
          key={role}
          kind="bare"
          pressed={role === session.role}
          disabled={switching.isPending}
          onPress={() => role !== session.role && switching.mutate(role)}
        >
          {roleLabels[role][language]}
        </Button>
      ))}
      {switching.error !== null && <p role="alert">{errorText(switching.error)}</p>}
    </div>
  )
}
