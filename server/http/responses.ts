import { Problem } from '@minqing/data/domain/problem'
import type { z } from 'zod'

/** `application/json` of a domain schema, as a route's documentation. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** Bytes or text of another media type. */
export function media<const T extends string>(type: T, description: string) {
  const content = { [type]: { schema: { type: 'string', format: 'binary' } } } satisfies Record<string, object>
  return { description, content: content as Record<T, { schema: { type: 'string'; format: 'binary' } }> }
}

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})

/** What every resource may answer instead. */
export const problems = {
  400: problem('A parameter is unknown or has no meaning'),
  403: problem('Not from here'),
  404: problem('There is no such thing'),
  406: problem('It does not come in the form that Accept asks for'),
  409: problem('What is asked contradicts what there is'),
  413: problem('It is too large'),
  429: problem('Enough others are being answered'),
  503: problem('The database is away for a moment, or needed too long'),
}

export const notModified = { 304: { description: 'What the client holds is still true' } }
