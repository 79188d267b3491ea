import { z } from 'zod'
import { AreaPrefix } from './area-code.ts'
import { type FacetCode, type FacetName, facetNames, mapFacets } from './incident-facets.ts'
import { Instant } from './instant.ts'

type FacetSchemas = {
  [Name in FacetName]: z.ZodOptional<z.ZodArray<z.ZodEnum<{ [Code in FacetCode<Name>]: Code }>>>
}

/**
 * Which incidents are meant: the one filter of the map, the panels, the API and the exports. An absent or empty list of
 * a facet's codes means “all”. Time is `reportedAt` in [from, to). Drafts and void incidents are never counted, and
 * listed only where their status is named.
 */
export const IncidentFilter = z.object({
  area: AreaPrefix.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  // Each facet's schema is made from its own codes.
  ...(mapFacets((_, { codes }) => z.array(z.enum(codes)).optional()) as unknown as FacetSchemas),
})
export type IncidentFilter = z.infer<typeof IncidentFilter>

/** Query parameters of every endpoint that takes the filter. */
export function filterParameters(filter: IncidentFilter): URLSearchParams {
  const parameters = new URLSearchParams()
  if (filter.area !== undefined) parameters.set('area', filter.area)
  if (filter.from !== undefined || filter.to !== undefined)
    parameters.set('datetime', `${filter.from ?? '..'}/${filter.to ?? '..'}`)
  for (const name of facetNames) {
    const codes = filter[name]
    if (codes !== undefined && codes.length > 0) parameters.set(name, codes.join(','))
  }
  return parameters
}
