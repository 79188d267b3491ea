import { AreaPanel } from './area/area-panel.tsx'
import { BuildingCard } from './cases/building-card.tsx'
import { CaseCard } from './cases/case-card.tsx'
import { CaseList } from './cases/case-list.tsx'
import { FacilityCard } from './cases/facility-card.tsx'
import { usePlace, useViewState } from './map-page.ts'

/** What the panel shows: the selected thing, else the opened list, else the area looked into. */
export function Panel() {
  const { view } = useViewState()
  const { area } = usePlace()
  const { selected } = view
  switch (selected?.kind) {
    case 'incident':
      return <CaseCard key={selected.id} id={selected.id} />
    case 'building':
      return <BuildingCard key={selected.id} code={selected.id} />
    case 'facility':
      return <FacilityCard key={selected.id} id={selected.id} />
    case 'area':
    case undefined:
      return view.list === null ? <AreaPanel key={area} /> : <CaseList key={`${area}-${view.list}`} list={view.list} />
  }
}
