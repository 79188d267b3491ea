import { z } from '@hono/zod-openapi'
import { expandFacetCode, type FacetCode, type FacetName, mapFacets } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { AreaParameter, areaRemedies } from '../areas/parameters.ts'
import { AsOf, commaSeparated, Datetime, type Remedies } from '../http/parameters.ts'

type FacetParameters = { [Name in FacetName]: z.ZodOptional<z.ZodType<FacetCode<Name>[], string>> }

/** Codes of each facet, or an alias that stands for several, in one parameter. Each schema gives codes of its facet. */
const facetParameters = mapFacets((name, { codes, aliases, example }) =>
  commaSeparated(z.enum([...codes, ...aliases.map(({ key }) => key)]), example)
    .transform((given) => [...new Set(given.flatMap((code) => expandFacetCode(name, code)))])
    .optional(),
) as unknown as FacetParameters

/** The incident filter's parameters, the same for every resource that counts or lists incidents. */
export const filterParameters = {
  area: AreaParameter.optional(),
  datetime: Datetime.optional(),
  ...facetParameters,
}

export const filterRemedies: Remedies = {
  ...areaRemedies,
  ...mapFacets((_, { codes, aliases }) => ({
    zh: `请用逗号分隔，可选：${codes.join('、')}${aliases.map(({ key, label }) => `；${key} 表示全部${label.zh}`).join('')}`,
    en: `Separate by commas; one of: ${codes.join(', ')}${aliases.map(({ key, label }) => `; ${key} means all of ${label.en}`).join('')}`,
  })),
}

export const FilterParameters = z.strictObject(filterParameters)

/** The filter of what can be answered as of an earlier instant, of one street. */
export const AsOfParameters = z.strictObject({ ...filterParameters, asOf: AsOf })

/**
 * Of whoever asks as of an instant: that takes the contents of steps, which some roles may not read, and answers with
 * nothing of them but what everybody may read of incidents.
 */
export const readsSteps = { role: 'reader' } as const

export const asOfText =
  'With `asOf` and an `area` of one sub-district: the incidents as they were known at that instant, by the log of their steps.'

/** The parameters as the one filter that verbs understand. */
export function toIncidentFilter(parameters: z.output<typeof FilterParameters>): IncidentFilter {
  const { area, datetime, ...facets } = parameters
  return { area, from: datetime?.from, to: datetime?.to, ...facets }
}
