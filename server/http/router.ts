import { OpenAPIHono } from '@hono/zod-openapi'
import { ProblemError } from '@minqing/data/domain/problem'
import type { MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import { commonRemedies, type Remedies } from './parameters.ts'

/**
 * A router whose schemas' refusals become problems that name the parameter and say what it takes.
 *
 * @param remedies of the parameters that are the resource's own.
 */
export function createRouter(remedies: Remedies = {}): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw parameterProblem(result.error, result.target, remedies)
    },
  })
}

/** The first thing a schema found wrong, as a problem. */
export function parameterProblem(error: z.ZodError, target = 'query', remedies: Remedies = {}): ProblemError {
  const [issue] = error.issues
  if (issue?.code === 'unrecognized_keys') return unknownParameter(issue.keys[0] ?? '')
  const parameter = String(issue?.path[0] ?? '')
  const place = target === 'param' ? { zh: '路径中的', en: 'Path parameter' } : { zh: '参数', en: 'Parameter' }
  const known: Remedies = { ...commonRemedies, ...remedies }
  const remedy = Object.hasOwn(known, parameter) ? known[parameter] : undefined
  const reason = issue?.code === 'custom' ? issue.message : undefined
  return new ProblemError(
    'bad_parameter',
    {
      zh: `${place.zh}“${parameter}”的值无法识别${reason === undefined ? '' : `（${reason}）`}`,
      en: `${place.en} “${parameter}” has a value that cannot be understood${reason === undefined ? '' : ` (${reason})`}`,
    },
    { parameter, ...(remedy === undefined ? {} : { remedy }) },
  )
}

export function unknownParameter(parameter: string): ProblemError {
  return new ProblemError(
    'unknown_parameter',
    { zh: `此资源没有参数“${parameter}”`, en: `This resource has no parameter “${parameter}”` },
    {
      parameter,
      remedy: {
        zh: '请检查拼写；/api/openapi.json 列出了全部参数',
        en: 'Check its spelling; /api/openapi.json lists all parameters',
      },
    },
  )
}

/** Refuses every query parameter but these, for routes without a schema of their own. */
export function acceptOnly(search: URLSearchParams, ...accepted: string[]): void {
  for (const name of search.keys()) if (!accepted.includes(name)) throw unknownParameter(name)
}

/** No text of the database holds a NUL: asking it for one would be an error of ours. */
export const refuseNul: MiddlewareHandler = async (c, next) => {
  if (c.req.url.includes('%00')) {
    const named = [...new URL(c.req.url).searchParams].find(([, value]) => value.includes('\0'))
    const parameter = named?.[0]
    const what =
      parameter === undefined
        ? { zh: '网址', en: 'The address' }
        : { zh: `参数“${parameter}”`, en: `Parameter “${parameter}”` }
    throw new ProblemError(
      'bad_parameter',
      { zh: `${what.zh}含有空字符（%00）`, en: `${what.en} holds a NUL character (%00)` },
      {
        ...(parameter === undefined ? {} : { parameter }),
        remedy: { zh: '请去掉 %00', en: 'Leave %00 out' },
      },
    )
  }
  await next()
}
