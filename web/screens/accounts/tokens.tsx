import { mostTokenDays, usualTokenDays } from '@minqing/data/domain/account'
import { needsSecondFactor } from '@minqing/data/domain/access'
import { type RoleName, roleLabels, roleNames } from '@minqing/data/domain/role'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tokensQuery, useAddToken, useRevokeToken } from '../../api/accounts.ts'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Beside, DataTable } from '../../ui/data-table.tsx'
import { Failure } from '../../ui/failure.tsx'
import { SecretOnce } from '../../ui/secret-once.tsx'
import { Fields, Labelled, Section } from '../../ui/section.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { AreaSelect } from '../account/area-select.tsx'
import { useGrantText } from '../account/session-text.ts'
import { Step } from '../sign-in/step.tsx'
import styles from './accounts-screen.module.css'

const messages = defineMessages({
  zh: {
    title: '访问令牌',
    text: '供 QGIS、GDAL、Excel 等程序读取数据。使用时填入 Authorization: Bearer，或作为 HTTP Basic 的密码（用户名任意）。',
    failed: '令牌列表加载失败',
    none: '还没有令牌。',
    add: '新建令牌',
    name: '名称',
    nameHint: '例如“QGIS 李明”，便于以后辨认',
    role: '身份',
    choose: '请选择',
    days: '有效期',
    daysOf: '{days, number} 天',
    make: '新建',
    making: '正在新建…',
    made: '已新建令牌“{name}”',
    once: '请立即复制。令牌只显示这一次，遗失只能另建。',
    token: '令牌',
    done: '完成',
    grant: '身份与区域',
    created: '建立',
    until: '有效期至',
    by: '{who} 建立',
    state: '状态与操作',
    revoked: '已吊销',
    expired: '已过期',
    revoke: '吊销',
    revokeOf: '吊销 {name}',
    question: '吊销“{name}”？使用它的程序立即不能读取数据。',
    notRevoked: '未能吊销令牌',
  },
  en: {
    title: 'Access tokens',
    text: 'For QGIS, GDAL, Excel and other programs that read data: as Authorization: Bearer, or as the password of HTTP Basic with any user name.',
    failed: 'The tokens could not be loaded',
    none: 'No tokens yet.',
    add: 'New token',
    name: 'Name',
    nameHint: 'For example “QGIS Li Ming”, to recognise it later',
    role: 'Role',
    choose: 'Choose',
    days: 'Good for',
    daysOf: '{days, number} days',
    make: 'Make it',
    making: 'Making…',
    made: 'The token “{name}” is made',
    once: 'Copy it now. It is shown this once; for a lost one, make another.',
    token: 'Token',
    done: 'Done',
    grant: 'Role and areas',
    created: 'Made',
    until: 'Good until',
    by: 'by {who}',
    state: 'State and actions',
    revoked: 'revoked',
    expired: 'expired',
    revoke: 'Revoke',
    revokeOf: 'Revoke {name}',
    question: 'Revoke “{name}”? Programs that use it can read nothing from then on.',
    notRevoked: 'The token could not be revoked',
  },
})

/** Access tokens of programs. */
export function Tokens() {
  const t = useMessages(messages)
  const formats = useFormats()
  const grantText = useGrantText()
  const { data, error, refetch } = useQuery(tokensQuery())
  const revoking = useRevokeToken()
  const [isAdding, setIsAdding] = useState(false)
  const [now] = useState(() => Date.now())
  const day = (instant: string) => formats.day(new Date(instant))
  return (
    <>
      {isAdding && <NewToken onClose={() => setIsAdding(false)} />}
      <Section title={t('title')} text={t('text')}>
        <Failure title={t('failed')} error={error} onRetry={() => void refetch()} />
        <Failure title={t('notRevoked')} error={revoking.error} />
        {!isAdding && (
          <div>
            <Button kind="primary" onPress={() => setIsAdding(true)}>
              {t('add')}
            </Button>
          </div>
        )}
        {data?.length === 0 && <p>{t('none')}</p>}
        {data !== undefined && data.length > 0 && (
          <DataTable name={t('title')} heads={[t('name'), t('grant'), t('created'), t('until'), t('state')]}>
            {data.map(({ id, name, role, areas, createdBy, createdAt, expiresAt, revokedAt }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{grantText(role, areas)}</td>
                <td>
                  {day(createdAt)}
                  <Beside>{t('by', { who: createdBy })}</Beside>
                </td>
                <td>{day(expiresAt)}</td>
                <td>
                  {revokedAt !== null ? (
                    t('revoked')
                  ) : Date.parse(expiresAt) <= now ? (
                    t('expired')
                  ) : (
                    <ConfirmButton
                      label={t('revokeOf', { name })}
                      question={t('question', { name })}
                      disabled={revoking.isPending}
                      onConfirm={() => revoking.mutate(id)}
                    >
                      {t('revoke')}
                    </ConfirmButton>
                  )}
                </td>
              </tr>
            ))}
          </DataTable>
        )}
      </Section>
    </>
  )
}

/** A program has no second factor, and screens are paired. */
const ofPrograms = roleNames.filter((role) => role !== 'wall' && !needsSecondFactor(role))
const periods = [30, 90, usualTokenDays, 365, mostTokenDays]

function NewToken({ onClose }: { onClose: () => void }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const language = useLanguage()
  const [name, setName] = useState('')
  const [role, setRole] = useState<RoleName | ''>('')
  const [area, setArea] = useState('')
  const [days, setDays] = useState(usualTokenDays)
  const adding = useAddToken()
  if (adding.data !== undefined)
    return (
      <Section title={t('made', { name })} text={t('once')}>
        <SecretOnce name={t('token')} secret={adding.data.token} />
        <div>
          <Button kind="primary" onPress={onClose}>
            {t('done')}
          </Button>
        </div>
      </Section>
    )
  return (
    <Section title={t('add')}>
      <div className={styles.wide}>
        <Step
          error={adding.error}
          action={t(adding.isPending ? 'making' : 'make')}
          pending={adding.isPending}
          onSubmit={() => role !== '' && adding.mutate({ name, role, areas: [area], days })}
          beside={<Button onPress={onClose}>{basic('cancel')}</Button>}
        >
          <div className={styles.names}>
            <TextField
              name={t('name')}
              value={name}
              onText={setName}
              hint={t('nameHint')}
              autoComplete="off"
              maxLength={60}
              pattern=".*\S.*"
              required
              focused
            />
          </div>
          <Fields>
            <Labelled name={t('role')}>
              <select value={role} onChange={({ target }) => setRole(target.value as RoleName | '')} required>
                <option value="">{t('choose')}</option>
                {ofPrograms.map((one) => (
                  <option key={one} value={one}>
                    {roleLabels[one][language]}
                  </option>
                ))}
              </select>
            </Labelled>
            <AreaSelect value={area} onChange={setArea} />
            <Labelled name={t('days')}>
              <select value={days} onChange={({ target }) => setDays(Number(target.value))}>
                {periods.map((period) => (
                  <option key={period} value={period}>
                    {t('daysOf', { days: period })}
                  </option>
                ))}
              </select>
            </Labelled>
          </Fields>
        </Step>
      </div>
    </Section>
  )
}
