import { rememberedPasswords, shortestPassword } from '@minqing/data/domain/password'
import type { Session } from '@minqing/data/domain/session'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation, useRoute } from 'wouter'
import { sessionQuery, useMakeFirstAccount } from '../../api/session.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/text-field.tsx'
import { mapPath } from '../../view/screen-path.ts'
import { messages as signInMessages } from './messages.ts'
import { SignInCard } from './sign-in-card.tsx'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in.module.css'
import { Step } from './step.tsx'

const messages = defineMessages({
  zh: {
    title: '建立第一个账号',
    needed: '系统还没有账号。建立第一个账号并登录后，才能查看数据。',
    link: '打开一次性链接：服务器启动时、导入完成时都会在运行它的窗口中显示。',
    command: '没有链接或链接已过期时，在服务器上运行：',
    again: '重新检查',
    about: '此账号可管理账号，并以中心负责人的身份查看和导入全部数据。演示在账号建立后结束。',
    name: '姓名',
    loginHint: '2 至 32 个字母、汉字或数字，登录时使用',
    password: '密码',
    repeated: '再次输入密码',
    differ: '两次输入的密码不一致，请重新输入',
    make: '建立账号',
    making: '正在建立…',
  },
  en: {
    title: 'Make the first account',
    needed: 'There is no account yet. The data can be seen after the first one has been made and has signed in.',
    link: 'Open the one-time link: the server shows it where it runs, at its start and when an import is done.',
    command: 'Without a link, or when it has expired, run this on the server:',
    again: 'Check again',
    about:
      'This account manages accounts, and sees and imports everything as centre lead. The demo ends when it is made.',
    name: 'Name',
    loginHint: '2 to 32 letters or digits, typed to sign in',
    password: 'Password',
    repeated: 'Password again',
    differ: 'The two passwords differ: enter them again',
    make: 'Make the account',
    making: 'Making the account…',
  },
})

const firstLinkCommand = 'npx -y pnpm@12 minqing user first-link'

/**
 * How the first account is made, or with the token of a one-time link its form, and what its sign-in needs after that.
 * Nothing is read of the address but what stands behind `#`, which is sent to nobody.
 */
export function FirstAccount({ session }: { session: Session | null }) {
  const t = useMessages(messages)
  const [isLink] = useRoute('/first-account')
  const [, go] = useLocation()
  // Typed a moment ago, for the authenticator app that is enrolled next.
  const [typed, setTyped] = useState('')
  const token = isLink ? location.hash.slice(1) : ''
  const isDone = isLink && session !== null && session.pending === null && (!session.isDemo || token === '')
  useEffect(() => {
    if (isDone) go(mapPath(location.search), { replace: true })
  }, [isDone, go])
  if (isDone) return null
  return (
    <SignInCard title={t('title')}>
      {session !== null && session.pending !== null ? (
        <SignInForm session={session} typed={typed} />
      ) : token === '' ? (
        <HowTo />
      ) : (
        <AccountForm token={token} onMade={setTyped} />
      )}
    </SignInCard>
  )
}

function HowTo() {
  const t = useMessages(messages)
  const client = useQueryClient()
  return (
    <>
      <p>{t('needed')}</p>
      <p>{t('link')}</p>
      <p>{t('command')}</p>
      <code className={styles.command}>{firstLinkCommand}</code>
      <div className={styles.actions}>
        <Button onPress={() => void client.invalidateQueries({ queryKey: sessionQuery().queryKey })}>
          {t('again')}
        </Button>
      </div>
    </>
  )
}

function AccountForm({ token, onMade }: { token: string; onMade: (password: string) => void }) {
  const t = useMessages(messages)
  const signIn = useMessages(signInMessages)
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const [differ, setDiffer] = useState(false)
  const making = useMakeFirstAccount()
  const submit = () => {
    setDiffer(password !== repeated)
    if (password === repeated) making.mutate({ token, name, login, password }, { onSuccess: () => onMade(password) })
  }
  return (
    <Step
      error={making.error}
      fault={differ ? t('differ') : undefined}
      action={making.isPending ? t('making') : t('make')}
      pending={making.isPending}
      onSubmit={submit}
    >
      <p>{t('about')}</p>
      <TextField name={t('name')} value={name} onText={setName} autoComplete="name" maxLength={100} required focused />
      <TextField
        name={signIn('login')}
        value={login}
        onText={setLogin}
        hint={t('loginHint')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        required
      />
      <PasswordField
        name={t('password')}
        value={password}
        onText={setPassword}
        autoComplete="new-password"
        hint={signIn('rules', { shortest: shortestPassword, remembered: rememberedPasswords })}
        required
      />
      <PasswordField name={t('repeated')} value={repeated} onText={setRepeated} autoComplete="new-password" required />
    </Step>
  )
}
