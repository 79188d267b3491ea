import { BoundingBox } from '@minqing/data/domain/position'
import { ProblemError } from '@minqing/data/domain/problem'
import { z } from 'zod'
import { defaultLimit, itemsParameters } from '../http/items-parameters.ts'
import { remedies } from '../http/parameters.ts'
import { crs84, isLatitudeFirst, type ServedCrs } from '../http/served-crs.ts'
import { parameterProblem } from '../http/router.ts'
import type { FeatureSource } from './feature-source.ts'
import type { Condition } from './filter/expression.ts'
import { parseFilter } from './filter/parse-filter.ts'
import { queryablesOf } from './queryables.ts'

export type ItemsQuery = {
  bbox: BoundingBox | undefined
  datetime: { from?: string; to?: string } | undefined
  limit: number
  /** The last key of the page before. */
  after: string[] | undefined
  /** What `f` says; without it `Accept` decides. */
  format: 'json' | 'html' | undefined
  /** The system that the answer's coordinates are in. */
  crs: ServedCrs
  filter: Condition | undefined
  /** The collection's own parameters. */
  parameters: Record<string, unknown>
}

/**
 * The query of a collection's items.
 *
 * @throws ProblemError `bad_parameter` or `unknown_parameter`, naming it.
 */
export function parseItemsQuery(source: FeatureSource, search: URLSearchParams): ItemsQuery {
  const parsed = z.strictObject({ ...itemsParameters, ...source.parameters }).safeParse(given(search))
  if (!parsed.success) throw parameterProblem(parsed.error)
  const {
    bbox,
    'bbox-crs': bboxCrs = crs84,
    crs = crs84,
    datetime,
    limit = defaultLimit,
    next,
    f: format,
    filter,
    'filter-lang': _language,
    'filter-crs': filterCrs = crs84,
    ...parameters
  } = parsed.data
  return {
    bbox: bbox === undefined ? undefined : toBoundingBox(bbox, bboxCrs),
    crs,
    datetime,
    limit,
    format,
    after: next === undefined ? undefined : decodeKey(source, next),
    filter: filter === undefined ? undefined : parseFilter(filter, queryablesOf(source), isLatitudeFirst(filterCrs)),
    parameters,
  }
}

const Box = z.object({
  bbox: BoundingBox.refine(([, south, , north]) => south <= north, { error: '南 > 北 · south > north' }),
})

/** Longitude first, whatever the order in which the numbers came. */
function toBoundingBox([a, b, c, d]: [number, number, number, number], crs: ServedCrs): BoundingBox {
  const parsed = Box.safeParse({ bbox: isLatitudeFirst(crs) ? [b, a, d, c] : [a, b, c, d] })
  if (!parsed.success) throw parameterProblem(parsed.error)
  return parsed.data.bbox
}

/** A parameter given twice has no meaning here: it becomes a list, which no schema accepts. */
function given(search: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const values = search.getAll(name)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}

export function encodeKey(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

function decodeKey(source: FeatureSource, next: string): string[] {
  // No text of the database holds a NUL.
  const key = z.array(z.string().regex(/^[^\0]*$/)).length(source.key.length)
  try {
    return key.parse(JSON.parse(Buffer.from(next, 'base64url').toString()))
  } catch {
    throw new ProblemError(
      'bad_parameter',
      { zh: '参数“next”不是上一页给出的值', en: 'Parameter “next” is not the value that a page gave' },
      { parameter: 'next', remedy: remedies.next },
    )
  }
}
