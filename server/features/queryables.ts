import type { Label, Language } from '@minqing/data/domain/label'
import type { FeatureSource } from './feature-source.ts'

/** What a filter may ask about: a property under its domain name, which names its column as well. */
export type Queryable = {
  name: string
  type: 'text' | 'integer' | 'number' | 'instant' | 'geometry'
  title: Label
  /** Its column, where that has another name. */
  column?: string
  /** The members of a closed set. */
  values?: readonly string[]
}

type Titles = Record<string, [zh: string, en: string]>

function ofType(type: Queryable['type'], titles: Titles): Queryable[] {
  return Object.entries(titles).map(([name, [zh, en]]) => ({ name, type, title: { zh, en } }))
}

export const texts = (titles: Titles) => ofType('text', titles)
export const integers = (titles: Titles) => ofType('integer', titles)
export const decimals = (titles: Titles) => ofType('number', titles)
export const instants = (titles: Titles) => ofType('instant', titles)

export function oneOfSet(name: string, values: readonly string[], zh: string, en: string): Queryable {
  return { name, type: 'text', title: { zh, en }, values }
}

/** The codes of the areas that most things lie in. */
export const areaCodes: readonly Queryable[] = texts({
  streetCode: ['街道编码', 'Sub-district code'],
  communityCode: ['社区编码', 'Community code'],
  gridCode: ['网格编码', 'Grid code'],
})

const geometry = { name: 'geometry', type: 'geometry', title: { zh: '位置', en: 'Geometry' } } as const

/** What a filter may ask about a collection's features. */
export function queryablesOf({ queryables, place }: FeatureSource): readonly Queryable[] {
  return [...queryables, { ...geometry, column: 'point' in place ? place.point : place.box }]
}

/** The queryables as a JSON Schema (OGC 19-079r2 §6, requirement /req/queryables/get-op). */
export function queryablesSchema(source: FeatureSource, origin: string, language: Language) {
  const properties = queryablesOf(source).map((queryable, index) => [
    queryable.name,
    { title: queryable.title[language], ...schemaOf(queryable, source), 'x-ogc-propertySeq': index + 1 },
  ])
  return {
    $schema: draft,
    $id: `${origin}/api/collections/${source.id}/queryables`,
    type: 'object',
    title: source.title[language],
    description: source.description[language],
    properties: Object.fromEntries(properties) as Record<string, object>,
    additionalProperties: false,
  }
}

/** The name of the dialect, in which nothing is looked up. */
const draft = 'https://json-schema.org/draft/2020-12/schema'

/** Formats of OGC API – Features Part 5, requirement class Returnables and Receivables. */
const geometryFormats: Record<FeatureSource['geometryType'], string> = {
  point: 'geometry-point',
  polygon: 'geometry-polygon-or-multipolygon',
  'polygon or point': 'geometry-any',
}

function schemaOf({ type, values }: Queryable, { geometryType }: FeatureSource): object {
  switch (type) {
    case 'text':
      return values === undefined ? { type: 'string' } : { type: 'string', enum: values }
    case 'integer':
    case 'number':
      return { type }
    case 'instant':
      return { type: 'string', format: 'date-time' }
    case 'geometry':
      return {
        format: geometryFormats[geometryType],
        'x-ogc-role': 'primary-geometry',
      }
  }
}
