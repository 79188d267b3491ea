import type { AccountEntry } from '@minqing/data/domain/account'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accountsQuery } from '../../api/accounts.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Beside, DataTable } from '../../ui/data-table.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Section } from '../../ui/section.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { useGrantText } from '../account/session-text.ts'
import styles from './accounts-screen.module.css'
import { ChangedPerson, NewPerson } from './person-form.tsx'

const messages = defineMessages({
  zh: {
    title: '人员',
    text: '每个账号属于一个人，可以有多个身份，各有负责区域。',
    failed: '人员列表加载失败',
    add: '新增人员',
    name: '姓名',
    grants: '身份与区域',
    factor: '身份验证器',
    used: '最近使用',
    state: '状态',
    edit: '修改',
    actions: '操作',
    editOf: '修改 {name}',
    enrolled: '已绑定',
    notEnrolled: '未绑定',
    never: '从未登录',
    disabled: '已停用',
    locked: '已锁定',
    initial: '初始密码',
    normal: '正常',
    noGrants: '没有身份',
  },
  en: {
    title: 'People',
    text: 'Each account belongs to one person, and may have several roles with areas of their own.',
    failed: 'The people could not be loaded',
    add: 'Add a person',
    name: 'Name',
    grants: 'Roles and areas',
    factor: 'Authenticator',
    used: 'Last used',
    state: 'State',
    edit: 'Change',
    actions: 'Actions',
    editOf: 'Change {name}',
    enrolled: 'enrolled',
    notEnrolled: 'not enrolled',
    never: 'never signed in',
    disabled: 'disabled',
    locked: 'locked',
    initial: 'first password',
    normal: 'normal',
    noGrants: 'no role',
  },
})

/** Everybody's accounts, and a form above the list for one of them. */
export function People() {
  const t = useMessages(messages)
  const { data, error, refetch } = useQuery(accountsQuery())
  const [open, setOpen] = useState<string>()
  const person = data?.find(({ id }) => id === open)
  const close = () => setOpen(undefined)
  return (
    <>
      {open === 'new' && <NewPerson onClose={close} />}
      {person !== undefined && <ChangedPerson key={person.id} person={person} onClose={close} />}
      <Section title={t('title')} text={t('text')}>
        <Failure title={t('failed')} error={error} onRetry={() => void refetch()} />
        {open !== 'new' && (
          <div>
            <Button kind="primary" onPress={() => setOpen('new')}>
              {t('add')}
            </Button>
          </div>
        )}
        {data !== undefined && (
          <DataTable
            name={t('title')}
            heads={[t('name'), t('grants'), t('factor'), t('used'), t('state'), t('actions')]}
          >
            {data.map((entry) => (
              <Row key={entry.id} entry={entry} isOpen={entry.id === open} onOpen={() => setOpen(entry.id)} />
            ))}
          </DataTable>
        )}
      </Section>
    </>
  )
}

function Row({ entry, isOpen, onOpen }: { entry: AccountEntry; isOpen: boolean; onOpen: () => void }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const grantText = useGrantText()
  const { login, name, grants, enrolled, mustChange, locked, usedAt, disabledAt } = entry
  const states = [
    ...(disabledAt === null ? [] : [t('disabled')]),
    ...(locked ? [t('locked')] : []),
    ...(mustChange ? [t('initial')] : []),
  ]
  return (
    <tr>
      <th scope="row">
        {name}
        <Beside>{login}</Beside>
      </th>
      <td>
        {grants.length === 0 && t('noGrants')}
        {grants.map(({ role, areas }) => (
          <div key={role}>{grantText(role, areas)}</div>
        ))}
      </td>
      <td>{t(enrolled ? 'enrolled' : 'notEnrolled')}</td>
      <td>{usedAt === null ? t('never') : formats.dateTime(new Date(usedAt))}</td>
      <td>{states.length === 0 ? t('normal') : <span className={styles.wait}>{states.join(' · ')}</span>}</td>
      <td>
        <Button label={t('editOf', { name })} pressed={isOpen} onPress={onOpen}>
          {t('edit')}
        </Button>
      </td>
    </tr>
  )
}
