import type { Language } from '@minqing/data/domain/label'
import type { FeatureSource } from './feature-source.ts'
import type { Queryable } from './filter/queryable.ts'

const geometry: Queryable = { name: 'geometry', type: 'geometry', title: { zh: '位置', en: 'Geometry' } }

/** What a filter may ask about a collection's features. */
export function queryablesOf({ queryables }: FeatureSource): readonly Queryable[] {
  return [...queryables, geometry]
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
        format: geometryType === 'point' ? 'geometry-point' : 'geometry-polygon-or-multipolygon',
        'x-ogc-role': 'primary-geometry',
      }
  }
}
