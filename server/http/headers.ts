import { createHash } from 'node:crypto'
import type { CollectionVersion } from '../store/collection-versions.ts'

/** On every answer of the API: it holds data, never a page that runs, and belongs to this origin alone. */
export const apiHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/**
 * A weak validator (RFC 9110 §8.8) of an answer: which data it was made from, and everything else that shaped it
 * (address, language, product version, …). `changedAt` distinguishes two databases that reached the same version.
 */
export function entityTag(versions: readonly CollectionVersion[], shapedBy: readonly string[]): string {
  const hash = createHash('sha256')
  for (const { collection, version, changedAt } of versions) hash.update(`${collection}.${version}.${changedAt}\n`)
  for (const part of shapedBy) hash.update(`${part}\n`)
  return `W/"${hash.digest('base64url').slice(0, 22)}"`
}

/** Whether `If-None-Match` names the tag: the client has this very answer. */
export function isCurrent(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const opaque = tag.replace(/^W\//, '')
  return ifNoneMatch.split(',').some((candidate) => {
    const named = candidate.trim()
    return named === '*' || named.replace(/^W\//, '') === opaque
  })
}

/** Headers that an answer and a 304 for it have in common: revalidate every time, by this tag. */
export function validators(tag: string, vary: readonly string[]): Record<string, string> {
  return { 'cache-control': 'no-cache', etag: tag, vary: [...vary, 'Accept-Encoding'].join(', ') }
}
