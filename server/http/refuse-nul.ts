import { ProblemError } from '@minqing/data/domain/problem'
import type { MiddlewareHandler } from 'hono'
import { remedies } from './parameters.ts'

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
        remedy: remedies[parameter ?? ''] ?? { zh: '请去掉 %00', en: 'Leave %00 out' },
      },
    )
  }
  await next()
}
