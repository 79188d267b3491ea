import { useMessages } from '../../../i18n/messages.ts'
import { useFreshness } from '../map-page.ts'
import { messages } from './messages.ts'

/** How long ago a due time (seconds) passed, in whole days or hours; null before it and where there is none. */
export function useOverdue(): (due: number) => string | null {
  const t = useMessages(messages)
  const { now } = useFreshness()
  return (due) => {
    if (due === 0 || due >= now) return null
    const hours = Math.floor((now - due) / 3600)
    return hours < 24 ? t('hours', { count: Math.max(1, hours) }) : t('days', { count: Math.floor(hours / 24) })
  }
}
