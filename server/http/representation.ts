import { parseAccept } from 'hono/utils/accept'
import { ProblemError } from '@minqing/data/domain/problem'
import { remedies } from './parameters.ts'

export type Representation = 'json' | 'html'

/** What nearly every client sends, decided once. */
const known = new Map<string, Representation | 'none'>()

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
      { parameter: 'f', remedy: remedies.f },
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
  const found = known.get(accept)
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
  // Headers are the client's: a bound keeps made-up ones from filling the memory.
  if (known.size < 1000) known.set(accept, preferred)
  return preferred
}
