import {
  type AccessObject,
  accessObjects,
  type Action,
  actions,
  fieldAccess,
  type GuardedField,
  type GuardedObject,
  guardedFields,
  may,
  mayReveal,
} from '@minqing/data/domain/access'
import { actionLabels, fieldAccessLabels, guardedFieldLabels, objectLabels } from '@minqing/data/domain/access-labels'
import type { Label, Language } from '@minqing/data/domain/label'
import type { RoleName } from '@minqing/data/domain/role'
import type { Session } from '@minqing/data/domain/session'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Section } from '../../ui/section.tsx'
import styles from './account.module.css'
import { AreaMap } from './area-map.tsx'
import { useSessionText } from './session-text.ts'

const messages = defineMessages({
  zh: {
    title: '我能看什么、做什么',
    name: '姓名',
    login: '账号',
    role: '当前身份',
    place: '负责区域',
    about: '以下是当前身份在负责区域内的权限；没有列出的都不能看，也不能做。',
    afterReason: '脱敏，填写理由后可看明文',
    none: '—',
  },
  en: {
    title: 'What I may see and do',
    name: 'Name',
    login: 'Account',
    role: 'Present role',
    place: 'Areas',
    about: 'What the present role may do in its areas. What is not listed can neither be seen nor done.',
    afterReason: 'masked; clear after giving a reason',
    none: '—',
  },
})

/** Who is signed in, and what the present role may do, in words. */
export function Rights({ session }: { session: Session }) {
  const t = useMessages(messages)
  const { role, place } = useSessionText(session)
  return (
    <Section title={t('title')}>
      <div className={styles.place}>
        <dl className={styles.rights}>
          <dt>{t('name')}</dt>
          <dd>{session.name === '' ? t('none') : session.name}</dd>
          <dt>{t('login')}</dt>
          <dd>{session.login === '' ? t('none') : session.login}</dd>
          <dt>{t('role')}</dt>
          <dd>{role}</dd>
          <dt>{t('place')}</dt>
          <dd>{place}</dd>
        </dl>
        <AreaMap areas={session.areas.map(({ code }) => code)} />
      </div>
      <p className={styles.quiet}>{t('about')}</p>
      <RoleRights role={session.role} />
    </Section>
  )
}

/** What a role may do, in words. */
export function RoleRights({ role }: { role: RoleName }) {
  const language = useLanguage()
  const allowed = accessObjects
    .map((object) => ({ object, can: actions.filter((action) => may(role, action, object)) }))
    .filter(({ can }) => can.length > 0)
  return (
    <dl className={styles.rights}>
      {allowed.map(({ object, can }) => (
        <Right key={object} role={role} object={object} can={can} language={language} />
      ))}
    </dl>
  )
}

function Right({
  role,
  object,
  can,
  language,
}: {
  role: RoleName
  object: AccessObject
  can: readonly Action[]
  language: Language
}) {
  const t = useMessages(messages)
  const separator = language === 'zh' ? '、' : ', '
  const fields = isGuarded(object) ? fieldTexts(role, object, language, t('afterReason')) : []
  return (
    <>
      <dt>{objectLabels[object][language]}</dt>
      <dd>
        {can.map((action) => actionLabels[action][language]).join(separator)}
        {fields.length > 0 && <div className={styles.quiet}>{fields.join(language === 'zh' ? '；' : '; ')}</div>}
      </dd>
    </>
  )
}

function isGuarded(object: AccessObject): object is GuardedObject {
  return Object.hasOwn(guardedFields, object)
}

/** Its fields with personal data or free text that the role sees in some way. */
function fieldTexts(role: RoleName, object: GuardedObject, language: Language, afterReason: string): string[] {
  const fields: readonly GuardedField[] = guardedFields[object]
  const labels = new Map<string, Label>(Object.entries(guardedFieldLabels[object]))
  return fields.flatMap((field) => {
    const access = fieldAccess(role, object, field as never)
    if (access === 'hidden') return []
    const how = mayReveal(role, object, field as never) ? afterReason : fieldAccessLabels[access][language]
    return [`${labels.get(field)?.[language] ?? field}${language === 'zh' ? '：' : ': '}${how}`]
  })
}
