import type { Label } from '@minqing/data/domain/label'

/** What a filter may ask about: a property under its domain name, which names its column as well. */
export type Queryable = {
  name: string
  type: 'text' | 'integer' | 'number' | 'instant' | 'geometry'
  title: Label
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

/** Codes that most things carry. */
export const whereabouts: readonly Queryable[] = texts({
  streetCode: ['街道编码', 'Street code'],
  communityCode: ['社区编码', 'Community code'],
  gridCode: ['网格编码', 'Grid code'],
})
