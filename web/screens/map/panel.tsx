import { AreaPanel } from './area/area-panel.tsx'
import { BuildingCard, FacilityCard } from './incidents/feature-cards.tsx'
import { IncidentCard } from './incidents/incident-card.tsx'
import { IncidentList } from './incidents/incident-list.tsx'
import { usePlace, useViewState } from './map-page.ts'

/** Content of the panel: the selected object, else the open list, else the area. */
export function Panel() {
  const { view } = useViewState()
  const { area } = usePlace()
  const { selected } = view
  switch (selected?.kind) {
    case 'incident':
      return <IncidentCard key={selected.id} id={selected.id} />
    case 'building':
      return <BuildingCard key={selected.id} code={selected.id} />
    case 'facility':
      return <FacilityCard key={selected.id} id={selected.id} />
    case 'area':
    case undefined:
      return view.list === null ? (
        <AreaPanel key={area} />
      ) : (
        <IncidentList key={`${area}-${view.list}`} list={view.list} />
      )
  }
}
