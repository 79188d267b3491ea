import { type RoleName, roleLabels } from '@minqing/data/domain/role'
import type { NamedArea, Session } from '@minqing/data/domain/session'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'

const messages = defineMessages({
  zh: { everywhere: '全部区域', more: '{first}等 {count, number} 个区域' },
  en: { everywhere: 'all areas', more: '{first} and others ({count, number} areas)' },
})

/** Areas in words: the first of them, and how many there are. */
export function usePlaceText(): (areas: readonly NamedArea[]) => string {
  const t = useMessages(messages)
  return (areas) => {
    const names = areas.map(({ code, name }) => (code === 'all' ? t('everywhere') : (name ?? code)))
    const [first = '—', ...more] = names
    return more.length === 0 ? first : t('more', { first, count: names.length })
  }
}

/** A role at a place. */
export function useGrantText(): (role: RoleName, areas: readonly NamedArea[]) => string {
  const language = useLanguage()
  const placeText = usePlaceText()
  return (role, areas) => `${roleLabels[role][language]} · ${placeText(areas)}`
}

/** In what role a session acts, and where. */
export function useSessionText(session: Pick<Session, 'role'> & { areas: readonly NamedArea[] }): {
  role: string
  place: string
} {
  const language = useLanguage()
  return { role: roleLabels[session.role][language], place: usePlaceText()(session.areas) }
}
