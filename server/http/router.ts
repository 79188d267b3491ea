import { OpenAPIHono } from '@hono/zod-openapi'
import { ProblemError } from '@minqing/data/domain/problem'
import type { z } from 'zod'
import { remedies } from './parameters.ts'

/** A room's router: what its schemas refuse becomes a problem that names the parameter and says what would do. */
export function createRouter(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw parameterProblem(result.error, result.target)
    },
  })
}

/** The first thing a schema found wrong, as a problem. */
export function parameterProblem(error: z.ZodError, target = 'query'): ProblemError {
  const [issue] = error.issues
  if (issue?.code === 'unrecognized_keys') return unknownParameter(issue.keys[0] ?? '')
  const parameter = String(issue?.path[0] ?? '')
  const place = target === 'param' ? { zh: '路径中的', en: 'Path parameter' } : { zh: '参数', en: 'Parameter' }
  const remedy = remedies[parameter]
  const said = issue?.code === 'custom' ? issue.message : undefined
  return new ProblemError(
    'bad_parameter',
    {
      zh: `${place.zh}“${parameter}”的值无法识别${said === undefined ? '' : `（${said}）`}`,
      en: `${place.en} “${parameter}” has a value that cannot be understood${said === undefined ? '' : ` (${said})`}`,
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
