import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Language } from '@minqing/data/domain/label'
import { createFormatter } from 'use-intl/core'
import { useLanguage } from '../i18n/language.ts'

/** Shown wherever a value is not known; zero is known. */
export const unknown = '—'

/** The lower limit of a colour class, in two significant digits: “≥15”. */
export function classLimit(limit: number): string {
  return `≥${limit >= 100 ? Math.round(limit) : Number(limit.toPrecision(2))}`
}

type Value = number | null | undefined

/** Numbers and times as a language writes them, times in the product's time zone. */
function createFormats(language: Language) {
  const format = createFormatter({ locale: language, timeZone: homeTimeZone })
  const number = (options: Intl.NumberFormatOptions) => (value: Value) =>
    value === null || value === undefined ? unknown : format.number(value, options as never)
  const time = (options: Intl.DateTimeFormatOptions) => (value: Date) => format.dateTime(value, options as never)
  return {
    count: number({}),
    /** One decimal. */
    decimal: number({ minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    /** At most three significant digits, for legends. */
    short: number({ maximumSignificantDigits: 3 }),
    percent: number({ style: 'percent', maximumFractionDigits: 1 }),
    day: time({ year: 'numeric', month: 'short', day: 'numeric' }),
    year: time({ year: 'numeric' }),
    month: time({ year: 'numeric', month: 'long' }),
    shortDay: time({ month: 'short', day: 'numeric' }),
    dateTime: time({
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
    shortDateTime: time({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }
}

const formats = { zh: createFormats('zh'), en: createFormats('en') }

export function formatsFor(language: Language) {
  return formats[language]
}

export function useFormats() {
  return formatsFor(useLanguage())
}
