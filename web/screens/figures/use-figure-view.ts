import { calendarPeriod, type DayPeriod, addDays } from '@minqing/data/domain/figure-periods'
import { figureDivisions, figureNames, figureParts } from '@minqing/data/domain/figures'
import { homeOffset } from '@minqing/data/domain/local-time'
import { useQuery } from '@tanstack/react-query'
import { createParser, type inferParserType, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import type { FigureNumber, FigureSearch } from '../../api/figures.ts'
import { useShownSession } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import { dayOfDate } from '../../view/day.ts'
import { instantOf, minuteParser } from '../../view/minute.ts'

const dayParser = createParser<string>({
  parse: (text) => (dayOfDate(text) === null ? null : text),
  serialize: (day) => day,
})
const areaParser = createParser<string>({
  parse: (text) => (/^(all|\d{2,15})$/.test(text) ? text : null),
  serialize: (code) => code,
})

/** The question as the address has it, and which number of the answer is opened. */
const parameters = {
  area: areaParser,
  from: dayParser,
  to: dayParser,
  asOf: minuteParser,
  by: parseAsStringLiteral(figureDivisions).withDefault('area'),
  figure: parseAsStringLiteral(figureNames),
  part: parseAsStringLiteral(figureParts).withDefault('numerator'),
  key: parseAsString,
}

export type FigureView = inferParserType<typeof parameters>
export type ChangeFigures = (patch: Partial<FigureView>) => void

export const periodKinds = ['month', 'lastMonth', 'quarter', 'lastQuarter', 'year', 'lastYear'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** The period of that name on a day. */
export function periodOf(kind: PeriodKind, today: string): DayPeriod {
  switch (kind) {
    case 'month':
    case 'quarter':
    case 'year':
      return calendarPeriod(kind, today)
    case 'lastMonth':
      return calendarPeriod('month', addDays(calendarPeriod('month', today).from, -1))
    case 'lastQuarter':
      return calendarPeriod('quarter', addDays(calendarPeriod('quarter', today).from, -1))
    case 'lastYear':
      return calendarPeriod('year', addDays(calendarPeriod('year', today).from, -1))
  }
}

export type FigureChoices = {
  view: FigureView
  change: ChangeFigures
  /** The local day; undefined until the server has said it. */
  today: string | undefined
  /** What is chosen, or stands in its place. */
  area: string
  period: DayPeriod | undefined
  search: FigureSearch | undefined
  /** The number whose list is open. */
  number: FigureNumber | undefined
}

/** The current month of the own area, or of the only street, until something else is chosen. */
export function useFigureChoices(): FigureChoices {
  const [view, setView] = useQueryStates(parameters, { history: 'push' })
  const { data: status } = useQuery({ ...statusQuery(), select: ({ now, streets }) => ({ now, streets }) })
  const own = useShownSession()?.areas.map(({ code }) => code) ?? []
  const today = status === undefined ? undefined : localDay(Date.parse(status.now))
  const only = own.length === 1 ? own[0] : undefined
  const usualArea = only === 'all' && status?.streets.length === 1 ? status.streets[0]?.code : only
  const area = view.area ?? usualArea ?? 'all'
  const { asOf, from, to, figure, part, by, key } = view
  const known = asOf === null ? undefined : asOf.slice(0, 10)
  const period = useMemo(() => {
    if (today === undefined) return undefined
    const usual = periodOf('month', from ?? known ?? today)
    return { from: from ?? usual.from, to: to ?? usual.to }
  }, [today, known, from, to])
  const search = useMemo<FigureSearch | undefined>(() => {
    if (period === undefined) return undefined
    const instant = asOf === null ? null : instantOf(asOf)
    return { ...(area === 'all' ? {} : { area }), ...period, ...(instant === null ? {} : { asOf: instant }) }
  }, [area, period, asOf])
  const number = useMemo<FigureNumber | undefined>(
    () => (figure === null ? undefined : { figure, part, ...(key === null ? {} : { by, key }) }),
    [figure, part, by, key],
  )
  return { view, change: (patch) => void setView(patch), today, area, period, search, number }
}

function localDay(instant: number): string {
  return new Date(instant + homeOffset).toISOString().slice(0, 10)
}
