import { type Language, languages } from '@minqing/data/domain/label'
import { ProblemError } from '@minqing/data/domain/problem'
import { parseAccept } from 'hono/utils/accept'
import { commonRemedies } from './parameters.ts'

/** Headers are the client's: with a bound, made-up ones cannot fill the memory. */
const mostKnown = 1000

export type Representation = 'json' | 'html'

/** By header: what nearly every client sends is decided once. */
const knownRepresentations = new Map<string, Representation | 'none'>()

/**
 * JSON or HTML: what `f` says, else what `Accept` puts higher; JSON where a client does not care.
 *
 * @throws ProblemError `bad_parameter` for any other `f`, `not_acceptable` where `Accept` allows neither.
 */
export function representationOf(f: string | undefined, accept: string | undefined): Representation {
  if (f === 'json' || f === 'html') return f
  if (f !== undefined) {
    throw new ProblemError(
      'bad_parameter',
      { zh: `参数“f”没有格式“${f}”`, en: `Parameter “f” knows no format “${f}”` },
      { parameter: 'f', remedy: commonRemedies.f },
    )
  }
  const preferred = preferredRepresentation(accept)
  if (preferred !== 'none') return preferred
  throw new ProblemError(
    'not_acceptable',
    { zh: `无法以“${accept}”的格式提供此资源`, en: `This resource does not come as “${accept}”` },
    {
      remedy: {
        zh: '请在 Accept 中加入 application/json、application/geo+json 或 text/html',
        en: 'Put application/json, application/geo+json or text/html into Accept',
      },
    },
  )
}

/** What `Accept` (RFC 9110 §12.5.1) puts highest among JSON of any kind and HTML; `none` where it allows neither. */
export function preferredRepresentation(accept: string | undefined): Representation | 'none' {
  if (accept === undefined || accept === '*/*') return 'json'
  const found = knownRepresentations.get(accept)
  if (found !== undefined) return found
  const ranges = parseAccept(accept)
  const weightOf = (matches: (type: string) => boolean, ...wider: string[]) => {
    const own = ranges.filter(({ type }) => matches(type.toLowerCase())).map(({ q }) => q)
    const wide = wider.flatMap((range) => ranges.filter(({ type }) => type === range).map(({ q }) => q))
    return own.length > 0 ? Math.max(...own) : (wide[0] ?? 0)
  }
  const html = weightOf((type) => type === 'text/html', 'text/*', '*/*')
  const json = weightOf((type) => /[/+.]json(;|$)/.test(type), 'application/*', '*/*')
  const preferred = html === 0 && json === 0 ? 'none' : html > json ? 'html' : 'json'
  if (knownRepresentations.size < mostKnown) knownRepresentations.set(accept, preferred)
  return preferred
}

export const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

const knownEncodings = new Map<string, Encoding>()

/** The smallest encoding that `Accept-Encoding` (RFC 9110 §12.5.3) allows. */
export function acceptedEncoding(header: string | undefined): Encoding {
  if (header === undefined) return 'identity'
  const found = knownEncodings.get(header)
  if (found !== undefined) return found
  const accepted = parseAccept(header)
  const weightOf = (encoding: string) =>
    accepted.find(({ type }) => type.toLowerCase() === encoding)?.q ?? accepted.find(({ type }) => type === '*')?.q ?? 0
  const encoding = encodings.find((candidate) => candidate !== 'identity' && weightOf(candidate) > 0) ?? 'identity'
  if (knownEncodings.size < mostKnown) knownEncodings.set(header, encoding)
  return encoding
}

/**
 * The reader's language from `Accept-Language` (RFC 9110 §12.5.4): the listed one of ours with the highest weight,
 * Chinese where none is asked for.
 */
export function languageOf(accept: string | undefined): Language {
  let best: { language: Language; weight: number } = { language: 'zh', weight: 0 }
  for (const range of (accept ?? '').split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const language = languages.find((known) => tag === known || tag.startsWith(`${known}-`))
    const weight = Number(
      parameters
        .find((parameter) => parameter.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    )
    if (language !== undefined && weight > best.weight) best = { language, weight }
  }
  return best.language
}
