import type { AccountEntry } from '@minqing/data/domain/account'
import { useState } from 'react'
import {
  useAddAccount,
  useChangeAccount,
  useDisableAccount,
  useEnableAccount,
  useResetAccount,
} from '../../api/accounts.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { SecretOnce } from '../../ui/secret-once.tsx'
import { Section } from '../../ui/section.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Step } from '../sign-in/step.tsx'
import styles from './accounts-screen.module.css'
import { grantsOf, GrantsField, type GrantRow, rowsOf } from './grants-field.tsx'

const messages = defineMessages({
  zh: {
    add: '新增人员',
    change: '修改“{name}”',
    login: '账号',
    loginHint: '登录时输入的名字：2 至 32 个字母、汉字或数字，其间可有 . _ - @',
    name: '姓名',
    save: '保存',
    saving: '正在保存…',
    made: '已建立账号“{login}”',
    reset: '“{name}”的密码已重置',
    once: '请把初始密码交给本人。它只显示这一次，首次登录时须更换。',
    password: '初始密码',
    done: '完成',
    access: '登录',
    accessText: '重置密码会结束此人的全部登录，并解除锁定与停用。',
    resetPassword: '重置密码',
    resetBoth: '重置密码并解除身份验证器',
    resetQuestion: '重置“{name}”的密码？',
    resetBothQuestion: '重置“{name}”的密码，并解除身份验证器？',
    disable: '停用账号',
    disableQuestion: '停用“{name}”？其全部登录立即结束。',
    enable: '启用账号',
    failed: '未能完成',
  },
  en: {
    add: 'Add a person',
    change: 'Change “{name}”',
    login: 'Account',
    loginHint: 'What is typed to sign in: 2 to 32 letters or digits, with . _ - @ between',
    name: 'Name',
    save: 'Save',
    saving: 'Saving…',
    made: 'The account “{login}” is made',
    reset: 'The password of “{name}” is reset',
    once: 'Hand the first password to its owner. It is shown this once, and has to be replaced at the first sign-in.',
    password: 'First password',
    done: 'Done',
    access: 'Signing in',
    accessText: 'A reset of the password ends all sign-ins of this person, and a lock or disabling.',
    resetPassword: 'Reset the password',
    resetBoth: 'Reset the password and the authenticator app',
    resetQuestion: 'Reset the password of “{name}”?',
    resetBothQuestion: 'Reset the password of “{name}” and remove the authenticator app?',
    disable: 'Disable the account',
    disableQuestion: 'Disable “{name}”? All sign-ins end at once.',
    enable: 'Enable the account',
    failed: 'It could not be done',
  },
})

/** Adds a person. */
export function NewPerson({ onClose }: { onClose: () => void }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const [login, setLogin] = useState('')
  const [name, setName] = useState('')
  const [rows, setRows] = useState<GrantRow[]>([{ key: 0, role: '', area: '' }])
  const adding = useAddAccount()
  if (adding.data !== undefined)
    return <FirstPassword title={t('made', { login })} password={adding.data.password} onClose={onClose} />
  return (
    <Section title={t('add')}>
      <div className={styles.wide}>
        <Step
          error={adding.error}
          action={t(adding.isPending ? 'saving' : 'save')}
          pending={adding.isPending}
          onSubmit={() => adding.mutate({ login, name, grants: grantsOf(rows) })}
          beside={<Button onPress={onClose}>{basic('cancel')}</Button>}
        >
          <div className={styles.names}>
            <TextField
              name={t('login')}
              value={login}
              onText={setLogin}
              hint={t('loginHint')}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              minLength={2}
              maxLength={32}
              required
              focused
            />
            <NameField value={name} onText={setName} />
          </div>
          <GrantsField rows={rows} onRows={setRows} />
        </Step>
      </div>
    </Section>
  )
}

/** Changes name and roles of a person, and how they sign in. */
export function ChangedPerson({ person, onClose }: { person: AccountEntry; onClose: () => void }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const [name, setName] = useState(person.name)
  const [rows, setRows] = useState(() => rowsOf(person.grants))
  const changing = useChangeAccount()
  const resetting = useResetAccount()
  const disabling = useDisableAccount()
  const enabling = useEnableAccount()
  const { id } = person
  const called = { name: person.name }
  const isPending = resetting.isPending || disabling.isPending || enabling.isPending
  if (resetting.data !== undefined)
    return <FirstPassword title={t('reset', called)} password={resetting.data.password} onClose={onClose} />
  return (
    <Section title={t('change', called)}>
      <div className={styles.wide}>
        <Step
          error={changing.error}
          action={t(changing.isPending ? 'saving' : 'save')}
          pending={changing.isPending}
          onSubmit={() => changing.mutate({ id, name, grants: grantsOf(rows) }, { onSuccess: onClose })}
          beside={<Button onPress={onClose}>{basic('cancel')}</Button>}
        >
          <div className={styles.names}>
            <NameField value={name} onText={setName} focused />
          </div>
          <GrantsField rows={rows} onRows={setRows} />
        </Step>
      </div>
      <Section title={t('access')} text={t('accessText')} level={3}>
        <div className={styles.actions}>
          <ConfirmButton
            label={t('resetPassword')}
            question={t('resetQuestion', called)}
            disabled={isPending}
            onConfirm={() => resetting.mutate({ id, secondFactor: false })}
          >
            {t('resetPassword')}
          </ConfirmButton>
          {person.enrolled && (
            <ConfirmButton
              label={t('resetBoth')}
              question={t('resetBothQuestion', called)}
              disabled={isPending}
              onConfirm={() => resetting.mutate({ id, secondFactor: true })}
            >
              {t('resetBoth')}
            </ConfirmButton>
          )}
          {person.disabledAt === null ? (
            <ConfirmButton
              label={t('disable')}
              question={t('disableQuestion', called)}
              disabled={isPending}
              onConfirm={() => disabling.mutate(id)}
            >
              {t('disable')}
            </ConfirmButton>
          ) : (
            <Button disabled={isPending} onPress={() => enabling.mutate(id)}>
              {t('enable')}
            </Button>
          )}
        </div>
        <Failure title={t('failed')} error={resetting.error ?? disabling.error ?? enabling.error} />
      </Section>
    </Section>
  )
}

function NameField(given: { value: string; onText: (text: string) => void; focused?: boolean }) {
  const t = useMessages(messages)
  return <TextField {...given} name={t('name')} autoComplete="off" maxLength={60} pattern=".*\S.*" required />
}

function FirstPassword({ title, password, onClose }: { title: string; password: string; onClose: () => void }) {
  const t = useMessages(messages)
  return (
    <Section title={title} text={t('once')}>
      <SecretOnce name={t('password')} secret={password} />
      <div>
        <Button kind="primary" onPress={onClose}>
          {t('done')}
        </Button>
      </div>
    </Section>
  )
}
