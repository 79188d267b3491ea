import { ProblemError } from '@minqing/data/domain/problem'
import { communityFeatures, gridFeatures, streetFeatures } from '../areas/area-features.ts'
import { buildingFeatures } from '../buildings/building-features.ts'
import { facilityFeatures } from '../facilities/facility-features.ts'
import { incidentFeatures } from '../incidents/incident-features.ts'
import type { FeatureSource } from './feature-source.ts'

export const sources: readonly FeatureSource[] = [
  streetFeatures,
  communityFeatures,
  gridFeatures,
  buildingFeatures,
  incidentFeatures,
  facilityFeatures,
]

/** @throws ProblemError `not_found` for a collection that does not exist. */
export function sourceOf(id: string): FeatureSource {
  const source = sources.find((candidate) => candidate.id === id)
  if (source !== undefined) return source
  const ids = sources.map((candidate) => candidate.id)
  throw new ProblemError(
    'not_found',
    { zh: `没有名为“${id}”的集合`, en: `There is no collection “${id}”` },
    {
      parameter: 'collectionId',
      remedy: { zh: `可用的集合：${ids.join('、')}`, en: `The collections are ${ids.join(', ')}` },
    },
  )
}
