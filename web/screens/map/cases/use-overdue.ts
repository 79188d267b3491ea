import { useTranslations } from 'use-intl'
import { useFreshness } from '../map-page.ts'

/** How long past its due time (seconds) something is, in whole days or hours; null when it is not, or has none. */
export function useOverdue(): (due: number) => string | null {
  const t = useTranslations('cases')
  const { now } = useFreshness()
  return (due) => {
    if (due === 0 || due >= now) return null
    const hours = Math.floor((now - due) / 3600)
    return hours < 24 ? t('hours', { count: Math.max(1, hours) }) : t('days', { count: Math.floor(hours / 24) })
  }
}
