import { roleLabels } from '@minqing/data/domain/role'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { messages } from './messages.ts'

/** As what a step was taken. */
export function useRoleText(): (role: string) => string {
  const t = useMessages(messages)
  const language = useLanguage()
  const labels = new Map<string, { zh: string; en: string }>(Object.entries(roleLabels))
  return (role) => {
    if (role === 'reporter') return t('reporterRole')
    return role === 'system' ? t('systemRole') : (labels.get(role)?.[language] ?? role)
  }
}
