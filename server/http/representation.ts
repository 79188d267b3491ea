import { parseAccept } from 'hono/utils/accept'
import { ProblemError } from '@minqing/data/domain/problem'
import { remedies } from './parameters.ts'

/**
 * JSON or HTML: what `f` says, else what `Accept` puts higher; JSON where a client does not care.
 *
 * @throws ProblemError `bad_parameter` for any other `f`.
 */
export function representationOf(f: string | undefined, accept: string | undefined): 'json' | 'html' {
  if (f === 'json' || f === 'html') return f
  if (f !== undefined) {
    throw new ProblemError(
      'bad_parameter',
      { zh: `参数“f”没有格式“${f}”`, en: `Parameter “f” knows no format “${f}”` },
      { parameter: 'f', remedy: remedies.f },
    )
  }
  const accepted = parseAccept(accept ?? '')
  const html = accepted.find(({ type }) => type === 'text/html')?.q ?? 0
  const json = Math.max(0, ...accepted.filter(({ type }) => type.endsWith('json')).map(({ q }) => q))
  return html > json ? 'html' : 'json'
}
