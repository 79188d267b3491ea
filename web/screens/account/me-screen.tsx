import { useState } from 'react'
import { useShownSession } from '../../api/session.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Notice, PageNotice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { Enrolment } from '../sign-in/enrolment.tsx'
import { PasswordForm } from '../sign-in/password-form.tsx'
import { Rights } from './rights.tsx'
import { ScreenPage } from './screen-page.tsx'
import { Sessions } from './sessions.tsx'

const messages = defineMessages({
  zh: {
    title: '我的账号',
    off: '此服务器没有启用登录',
    offText: '因此没有个人账号。以 SIGN_IN=off 启动的服务器只在本机开放。',
    demo: '演示',
    demoText:
      '系统还没有账号，这台服务器上的任何人都可以用各种身份查看演示数据。建立第一个账号后演示结束：在服务器上运行 minqing user first-link 取得一次性链接。',
    password: '密码',
    passwordText: '更换后，其他地方的登录全部失效。',
    changed: '密码已更换。',
    factor: '身份验证器',
    enrolled: '已绑定。更换手机时可重新绑定，原来的绑定随即失效。',
    notEnrolled: '尚未绑定。绑定后，登录时除密码外还要输入手机上的六位验证码。',
    bound: '已绑定新的身份验证器。',
  },
  en: {
    title: 'My account',
    off: 'This server runs without sign-in',
    offText: 'So nobody has an account. A server that was started with SIGN_IN=off is open on its own machine alone.',
    demo: 'Demo',
    demoText:
      'There is no account yet, and whoever is at this server may look at the demo data in any role. The demo ends when the first account is made: run minqing user first-link on the server for a one-time link.',
    password: 'Password',
    passwordText: 'When it is changed, you are signed out everywhere else.',
    changed: 'The password is changed.',
    factor: 'Authenticator app',
    enrolled: 'Enrolled. With a new phone you can enrol again; what was enrolled before ends with it.',
    notEnrolled: 'Not enrolled. Once it is, signing in asks for the six digits on your phone beside the password.',
    bound: 'The new authenticator app is enrolled.',
  },
})

/** The own account: what it may see, password, second factor and sessions. */
export function MeScreen() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const session = useShownSession()
  const [changes, setChanges] = useState({ password: 0, factor: 0 })
  if (session === undefined) return <PageNotice text={basic('loading')} />
  return (
    <ScreenPage title={t('title')}>
      <Rights session={session} />
      {session.id === null ? (
        <Notice title={t(session.isDemo ? 'demo' : 'off')}>{t(session.isDemo ? 'demoText' : 'offText')}</Notice>
      ) : (
        <>
          <Section title={t('password')} text={t('passwordText')}>
            <output>{changes.password > 0 ? t('changed') : ''}</output>
            <PasswordForm
              key={changes.password}
              onChanged={() => setChanges({ ...changes, password: changes.password + 1 })}
            />
          </Section>
          <Section title={t('factor')} text={t(session.enrolled ? 'enrolled' : 'notEnrolled')}>
            <output>{changes.factor > 0 ? t('bound') : ''}</output>
            <Enrolment key={changes.factor} onEnrolled={() => setChanges({ ...changes, factor: changes.factor + 1 })} />
          </Section>
          <Sessions />
        </>
      )}
    </ScreenPage>
  )
}
