import { IconLayer } from '@deck.gl/layers'
import { risks, type Risk } from '@minqing/data/domain/risk'
import type { IncidentsInView } from './incidents-in-view.ts'
import type { incidentMarks } from './incident-marks.ts'
import { onGround } from './on-ground.ts'

type Look = { marks: ReturnType<typeof incidentMarks>; zoom: number; scale: number; visible: boolean; beforeId: string }

/** The grave stand out of the many. */
const weight: Record<Risk, number> = { red: 1.3, orange: 1.1, yellow: 0.9, blue: 0.8 }

/** One mark a case that is in view. */
export function incidentLayer(incidents: IncidentsInView, { marks, zoom, scale, visible, beforeId }: Look) {
  const pixels = 7 + 10 * Math.max(0, Math.min(1, (zoom - 15.3) / 2.2))
  return new IconLayer({
    id: 'incidents',
    beforeId,
    visible,
    data: { length: incidents.rows.length, attributes: { getPosition: { value: incidents.places, size: 2 } } },
    getIcon: (_: unknown, { index }: { index: number }) => risks[incidents.risk[index]!]!,
    iconAtlas: marks.atlas,
    iconMapping: marks.places,
    getSize: (_: unknown, { index }: { index: number }) => weight[risks[incidents.risk[index]!]!],
    sizeScale: pixels * scale,
    sizeUnits: 'pixels',
    alphaCutoff: 0.02,
    parameters: onGround,
    updateTriggers: { getIcon: incidents, getSize: incidents },
  } as unknown as ConstructorParameters<typeof IconLayer>[0])
}
