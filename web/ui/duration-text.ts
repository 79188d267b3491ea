import type { Language } from '@minqing/data/domain/label'
import { defineMessages, translatorFor } from '../i18n/messages.ts'

const messages = defineMessages({
  zh: { days: '{count, number} 天', hours: '{count, number} 小时', minutes: '{count, number} 分钟' },
  en: {
    days: '{count, plural, one {# day} other {# days}}',
    hours: '{count, plural, one {# hour} other {# hours}}',
    minutes: '{count, plural, one {# minute} other {# minutes}}',
  },
})

/** Milliseconds in whole days, hours or minutes, whichever says enough; at least a minute. */
export function durationText(milliseconds: number, language: Language): string {
  const t = translatorFor(messages, language)
  const hours = Math.floor(milliseconds / 3_600_000)
  if (hours >= 48) return t('days', { count: Math.floor(hours / 24) })
  return hours >= 1
    ? t('hours', { count: hours })
    : t('minutes', { count: Math.max(1, Math.floor(milliseconds / 60_000)) })
}
