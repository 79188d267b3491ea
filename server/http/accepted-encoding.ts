import { parseAccept } from 'hono/utils/accept'

export const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

/** What nearly every client sends, decided once. */
const known = new Map<string, Encoding>()

/** The smallest encoding that `Accept-Encoding` (RFC 9110 §12.5.3) allows. */
export function acceptedEncoding(header: string | undefined): Encoding {
  if (header === undefined) return 'identity'
  const found = known.get(header)
  if (found !== undefined) return found
  const accepted = parseAccept(header)
  const weightOf = (encoding: string) =>
    accepted.find(({ type }) => type.toLowerCase() === encoding)?.q ?? accepted.find(({ type }) => type === '*')?.q ?? 0
  const encoding = encodings.find((candidate) => candidate !== 'identity' && weightOf(candidate) > 0) ?? 'identity'
  // Headers are the client's: a bound keeps made-up ones from filling the memory.
  if (known.size < 1000) known.set(header, encoding)
  return encoding
}
