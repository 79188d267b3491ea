import { roleLabels } from '@minqing/data/domain/role'
import type { Session } from '@minqing/data/domain/session'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'

const messages = defineMessages({
  zh: { everywhere: '全部区域', more: '{first}等 {count, number} 个区域' },
  en: { everywhere: 'all areas', more: '{first} and others ({count, number} areas)' },
})

/** In what role a session acts, and where. */
export function useSessionText(session: Session): { role: string; place: string } {
  const t = useMessages(messages)
  const language = useLanguage()
  const names = session.areas.map(({ code, name }) => (code === 'all' ? t('everywhere') : (name ?? code)))
  const [first = '—', ...more] = names
  const place = more.length === 0 ? first : t('more', { first, count: names.length })
  return { role: roleLabels[session.role][language], place }
}
