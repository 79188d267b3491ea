import { useMemo } from 'react'
import { useFormatter } from 'use-intl'

/** Numbers, days and moments as both languages write them, in the zone that the provider names. */
export function useFormats() {
  const format = useFormatter()
  return useMemo(() => {
    const dateTime = (value: Date, options: Intl.DateTimeFormatOptions) => format.dateTime(value, options as never)
    return {
      count: (value: number) => format.number(value),
      decimal: (value: number, digits = 1) =>
        format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      /** At most three significant figures: what a legend needs. */
      short: (value: number) => format.number(value, { maximumSignificantDigits: 3 }),
      percent: (value: number) => format.number(value, { style: 'percent', maximumFractionDigits: 1 }),
      day: (value: Date) => dateTime(value, { year: 'numeric', month: 'short', day: 'numeric' }),
      month: (value: Date) => dateTime(value, { year: 'numeric', month: 'long' }),
      shortDay: (value: Date) => dateTime(value, { month: 'short', day: 'numeric' }),
      moment: (value: Date) =>
        dateTime(value, {
          year: 'numeric',
          month: 'short',
          day: 'numeric',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        }),
      shortMoment: (value: Date) =>
        dateTime(value, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    }
  }, [format])
}
