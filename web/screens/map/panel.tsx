import { lazy, Suspense } from 'react'
import { AreaPanel } from './area/area-panel.tsx'
import { IncidentList } from './incidents/incident-list.tsx'
import { usePlace, useViewState } from './map-page.ts'

// Loaded with the first object that is selected.
const SelectedCard = lazy(async () => ({ default: (await import('./incidents/feature-cards.tsx')).SelectedCard }))

/** Content of the panel: the selected object, else the open list, else the area. */
export function Panel() {
  const { view } = useViewState()
  const { area } = usePlace()
  const { selected } = view
  if (selected !== null && selected.kind !== 'area')
    return (
      <Suspense>
        <SelectedCard target={selected} />
      </Suspense>
    )
  if (view.list === null) return <AreaPanel key={area} />
  return <IncidentList key={`${area}-${view.list}`} list={view.list} />
}
