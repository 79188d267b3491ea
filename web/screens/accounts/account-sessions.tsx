import { roleLabels } from '@minqing/data/domain/role'
import { useQuery } from '@tanstack/react-query'
import { accountSessionsQuery, useEndAccountSession } from '../../api/accounts.ts'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Beside, DataTable } from '../../ui/data-table.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Section } from '../../ui/section.tsx'
import { unknown, useFormats } from '../../ui/use-formats.ts'

const messages = defineMessages({
  zh: {
    title: '登录',
    text: '仍然有效的登录。30 分钟不使用或满 12 小时自动结束。',
    failed: '登录列表加载失败',
    who: '姓名',
    role: '身份',
    begun: '登录于',
    used: '最近使用',
    from: '网络地址与浏览器',
    end: '结束',
    actions: '操作',
    endOf: '结束 {name} 于 {time} 的登录',
    present: '当前登录',
    notEnded: '未能结束此登录',
  },
  en: {
    title: 'Sign-ins',
    text: 'Those that are still open. They end by themselves unused after 30 minutes, and after 12 hours.',
    failed: 'The sign-ins could not be loaded',
    who: 'Name',
    role: 'Role',
    begun: 'Signed in',
    used: 'Last used',
    from: 'Address and browser',
    end: 'End',
    actions: 'Actions',
    endOf: 'End the sign-in of {name} at {time}',
    present: 'This one',
    notEnded: 'The sign-in could not be ended',
  },
})

/** Who has signed in. */
export function AccountSessions() {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(accountSessionsQuery())
  const ending = useEndAccountSession()
  const time = (instant: string) => formats.dateTime(new Date(instant))
  return (
    <Section title={t('title')} text={t('text')}>
      <Failure title={t('failed')} error={error} onRetry={() => void refetch()} />
      <Failure title={t('notEnded')} error={ending.error} />
      {data !== undefined && (
        <DataTable name={t('title')} heads={[t('who'), t('role'), t('begun'), t('used'), t('from'), t('actions')]}>
          {data.map(({ id, login, name, role, createdAt, usedAt, address, agent, isPresent }) => (
            <tr key={id}>
              <th scope="row">
                {name}
                <Beside>{login}</Beside>
              </th>
              <td>{roleLabels[role][language]}</td>
              <td>{time(createdAt)}</td>
              <td>{time(usedAt)}</td>
              <td>
                {address ?? unknown}
                <Beside>{agent ?? unknown}</Beside>
              </td>
              <td>
                {isPresent ? (
                  <strong>{t('present')}</strong>
                ) : (
                  <Button
                    label={t('endOf', { name, time: time(createdAt) })}
                    disabled={ending.isPending}
                    onPress={() => ending.mutate(id)}
                  >
                    {t('end')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </DataTable>
      )}
    </Section>
  )
}
