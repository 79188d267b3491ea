import type { MapTarget } from '../../../view/parameters.ts'
import { BuildingCard, FacilityCard } from './feature-cards.tsx'
import { IncidentCard } from './incident-card.tsx'

/** The object that is selected on the map. */
export function SelectedCard({ target: { kind, id } }: { target: MapTarget }) {
  switch (kind) {
    case 'incident':
      return <IncidentCard key={id} id={id} />
    case 'building':
      return <BuildingCard key={id} code={id} />
    case 'facility':
      return <FacilityCard key={id} id={id} />
    case 'area':
      return null
  }
}
