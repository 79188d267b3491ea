import { useMemo } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { ColumnChart } from '../../../ui/column-chart.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { daysOfMonth, startOf } from '../../../view/day.ts'
import { byMonth, monthOfBin } from '../../../view/histogram.ts'
import { sameTimeWindow, wholeTime } from '../../../view/time-window.ts'
import { useCounts, useViewState } from '../map-page.ts'
import { PanelSection } from '../panel-section.tsx'

/** The last twelve months; a column limits time to its month. Time itself does not limit the columns. */
export function CaseMonths() {
  const t = useTranslations('area')
  const language = useLocale()
  const formats = useFormats()
  const { tally } = useCounts()
  const { view, change } = useViewState()
  const { firstDay = 0, byDay } = tally ?? {}
  const months = useMemo(() => (byDay ? byMonth(firstDay, byDay).slice(-12) : []), [firstDay, byDay])
  if (months.length === 0) return null
  const columns = months.map((bin) => {
    const month = monthOfBin(bin)
    const days = daysOfMonth(month)
    const window = { from: startOf(days.from), to: startOf(days.to) }
    const name = formats.month(new Date(startOf(days.from) * 1000))
    const count = formats.count(bin.count)
    const number = Number(month.slice(5))
    const short = new Intl.DateTimeFormat('en', { month: 'narrow', timeZone: 'UTC' }).format(
      Date.UTC(2000, number - 1, 1),
    )
    return {
      key: month,
      label: language === 'zh' ? String(number) : short,
      name: t(bin.to < days.to ? 'monthPartial' : 'month', { month: name, count }),
      count: bin.count,
      selected: sameTimeWindow(view.time, window),
      window,
    }
  })
  return (
    <PanelSection title={t('months')}>
      <ColumnChart
        columns={columns}
        onSelect={(key) => {
          const column = columns.find((candidate) => candidate.key === key)
          change({ time: column === undefined || column.selected ? wholeTime : column.window })
        }}
      />
    </PanelSection>
  )
}
