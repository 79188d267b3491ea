import { incidentTypeLabels, incidentTypes } from '@minqing/data/domain/incident-type'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { BarList, type Bar } from '../../../ui/bar-list.tsx'
import { Button } from '../../../ui/button.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { toggled } from '../filters/choices.ts'
import { useCounts, useViewState } from '../map-page.ts'
import { PanelSection } from '../panel-section.tsx'

const atFirst = 8

/** The most frequent types; a bar filters by its type, its number opens the list. */
export function CaseTypes() {
  const t = useTranslations('area')
  const language = useLocale()
  const formats = useFormats()
  const [whole, setWhole] = useState(false)
  const { tally } = useCounts()
  const { view, change } = useViewState()
  const bars: Bar[] = incidentTypes
    .map((type, index) => ({
      key: type,
      label: incidentTypeLabels[type][language],
      count: tally?.byType[index] ?? 0,
      selected: view.type.includes(type),
    }))
    .filter(({ count, selected }) => count > 0 || selected)
    .toSorted((a, b) => b.count - a.count)
  const toggle = (type: string) => toggled('type', view.type, [type]) as typeof view.type
  return (
    <PanelSection title={t('types')}>
      {tally === undefined ? <Skeleton lines={5} /> : bars.length === 0 ? <p>{t('noTypes')}</p> : null}
      <BarList
        bars={whole ? bars : bars.filter(({ selected }, index) => index < atFirst || selected)}
        format={formats.count}
        toggleLabel={({ label, count }) => t('toggleType', { name: label, count: formats.count(count) })}
        openLabel={({ label, count }) => t('openList', { what: label, count: formats.count(count) })}
        onToggle={(type) => change({ type: toggle(type) })}
        onOpen={(type) =>
          change({ type: incidentTypes.filter((candidate) => candidate === type), list: 'all', selected: null })
        }
      />
      {bars.length > atFirst && (
        <Button kind="bare" expanded={whole} onPress={() => setWhole(!whole)}>
          {whole ? t('typesFewer') : t('typesMore', { count: formats.count(bars.length) })}
        </Button>
      )}
    </PanelSection>
  )
}
