import { incidentTypeLabels, incidentTypes } from '@minqing/data/domain/incident-type'
import { useMemo, useState } from 'react'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { BarList, type Bar } from '../../../ui/bar-list.tsx'
import { Button } from '../../../ui/button.tsx'
import { ColumnChart } from '../../../ui/column-chart.tsx'
import { Skeleton } from '../../../ui/notice.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { daysOfMonth, startOf, byMonth, monthOfBin } from '../../../view/day.ts'
import { sameTimeWindow, wholeTime } from '../../../view/time-window.ts'
import { toggled } from '../filters/facet-choices.ts'
import { useCounts, useViewState } from '../map-page.ts'
import { PanelSection } from '../panel-parts.tsx'
import { messages } from './messages.ts'

/** Bars shown until “show all” is pressed. */
const initialBars = 8

/** The most frequent types; a bar filters by its type, its number opens the list. */
export function IncidentTypes() {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const [showsAll, setShowsAll] = useState(false)
  const { tally } = useCounts()
  const { view, change } = useViewState()
  const bars: Bar[] = incidentTypes
    .map((type, index) => ({
      key: type,
      label: incidentTypeLabels[type][language],
      count: tally?.byFacet.type[index] ?? 0,
      selected: view.type.includes(type),
    }))
    .filter(({ count, selected }) => count > 0 || selected)
    .toSorted((a, b) => b.count - a.count)
  const toggle = (type: string) => toggled('type', view.type, [type])
  return (
    <PanelSection title={t('types')}>
      {tally === undefined ? <Skeleton lines={5} /> : bars.length === 0 ? <p>{t('noTypes')}</p> : null}
      <BarList
        bars={showsAll ? bars : bars.filter(({ selected }, index) => index < initialBars || selected)}
        format={formats.count}
        toggleLabel={({ label, count }) => t('toggleType', { name: label, count: formats.count(count) })}
        openLabel={({ label, count }) => t('openList', { what: label, count: formats.count(count) })}
        onToggle={(type) => change({ type: toggle(type) })}
        onOpen={(type) =>
          change({ type: incidentTypes.filter((candidate) => candidate === type), list: 'all', selected: null })
        }
      />
      {bars.length > initialBars && (
        <Button kind="bare" expanded={showsAll} onPress={() => setShowsAll(!showsAll)}>
          {showsAll ? t('fewerTypes') : t('allTypes', { count: formats.count(bars.length) })}
        </Button>
      )}
    </PanelSection>
  )
}

/** The last twelve months, whatever the period of the filter; a column sets the period to its month. */
export function IncidentMonths() {
  const t = useMessages(messages)
  const language = useLanguage()
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
