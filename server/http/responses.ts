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
  400: problem('A parameter is unknown or invalid'),
  401: problem('Nobody has signed in, or what was given for it is wrong or has ended'),
  403: problem('Not allowed'),
  404: problem('Not found'),
  406: problem('Not available in a form that Accept allows'),
  408: problem('The body was sent too slowly'),
  409: problem('The request conflicts with the stored data'),
  413: problem('It is too large'),
  415: problem('Of a kind that is not taken'),
  429: problem('Too many requests at once'),
  503: problem('The server is busy, or the database is unavailable or took too long'),
  507: problem('There is not enough disk space'),
}

export const notModified = { 304: { description: 'The client has the current version' } }
