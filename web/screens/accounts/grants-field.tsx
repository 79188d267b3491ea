import type { Grant } from '@minqing/data/domain/account'
import { type RoleName, roleLabels, roleNames } from '@minqing/data/domain/role'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Fields, Labelled } from '../../ui/section.tsx'
import { AreaMap } from '../account/area-map.tsx'
import { AreaSelect } from '../account/area-select.tsx'
import { RoleRights } from '../account/rights.tsx'
import styles from './accounts-screen.module.css'

const messages = defineMessages({
  zh: {
    grant: '身份 {number, number}',
    role: '身份',
    choose: '请选择',
    may: '“{role}”能看什么、做什么',
    add: '添加身份',
    none: '还没有身份：此人可以登录，但不能查看任何内容。',
    remove: '移除此身份',
    removeOf: '移除此身份（{number, number}）',
  },
  en: {
    grant: 'Role {number, number}',
    role: 'Role',
    choose: 'Choose',
    may: 'What “{role}” may see and do',
    add: 'Add a role',
    none: 'No role yet: this person can sign in and see nothing.',
    remove: 'Remove this role',
    removeOf: 'Remove this role ({number, number})',
  },
})

/** One role in one area, as it is chosen; empty where it is not chosen yet. */
export type GrantRow = { key: number; role: RoleName | ''; area: string }

export function rowsOf(grants: readonly { role: RoleName; areas: readonly { code: string }[] }[]): GrantRow[] {
  return grants
    .flatMap(({ role, areas }) => areas.map(({ code }) => ({ role, area: code })))
    .map((row, key) => ({ key, ...row }))
}

/** A row that is not complete is none. */
export function grantsOf(rows: readonly GrantRow[]): Grant[] {
  return roleNames.flatMap((role) => {
    const areas = [...new Set(rows.filter((row) => row.role === role && row.area !== '').map(({ area }) => area))]
    return areas.length === 0 ? [] : [{ role, areas }]
  })
}

/** Screens are paired, and no person is one. */
const ofPeople = roleNames.filter((role) => role !== 'wall')

/** Roles at places: each chosen by role and area, with what it may do in words and where on a small map. */
export function GrantsField({ rows, onRows }: { rows: readonly GrantRow[]; onRows: (rows: GrantRow[]) => void }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const change = (key: number, part: Partial<GrantRow>) =>
    onRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const next = Math.max(-1, ...rows.map(({ key }) => key)) + 1
  return (
    <div className={styles.grants}>
      <div className={styles.list}>
        {rows.length === 0 && <p>{t('none')}</p>}
        {rows.map(({ key, role, area }, index) => (
          <fieldset key={key} className={styles.grant}>
            <legend>{t('grant', { number: index + 1 })}</legend>
            <Fields>
              <Labelled name={t('role')}>
                <select
                  value={role}
                  onChange={({ target }) => change(key, { role: target.value as RoleName | '' })}
                  required
                >
                  <option value="">{t('choose')}</option>
                  {ofPeople.map((one) => (
                    <option key={one} value={one}>
                      {roleLabels[one][language]}
                    </option>
                  ))}
                </select>
              </Labelled>
              <AreaSelect value={area} onChange={(code) => change(key, { area: code })} />
            </Fields>
            {role !== '' && (
              <details>
                <summary>{t('may', { role: roleLabels[role][language] })}</summary>
                <RoleRights role={role} />
              </details>
            )}
            <div>
              <Button
                kind="bare"
                label={t('removeOf', { number: index + 1 })}
                onPress={() => onRows(rows.filter((row) => row.key !== key))}
              >
                {t('remove')}
              </Button>
            </div>
          </fieldset>
        ))}
        <div>
          <Button onPress={() => onRows([...rows, { key: next, role: '', area: '' }])}>{t('add')}</Button>
        </div>
      </div>
      <AreaMap areas={rows.map(({ area }) => area).filter((area) => area !== '')} />
    </div>
  )
}
