import { AreaCode } from '@minqing/data/domain/area-code'
import { homeDay } from '@minqing/data/domain/instant'
import { AreaProfile } from '@minqing/data/domain/summary'
import { z } from 'zod'
import { json, notModified, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import { getAreaProfile } from './get-area-profile.ts'

const remedies = {
  code: { zh: '请给出 9、12 或 15 位数字的区划代码', en: 'Give an area code of 9, 12 or 15 digits' },
}

const route = defineRoute({
  access: { action: 'count', object: 'area' },
  method: 'get',
  path: '/areas/{code}',
  tags: ['areas'],
  summary: 'Population, buildings, facilities and staff of a sub-district, community or grid',
  request: {
    params: z.strictObject({ code: AreaCode.clone().openapi({ example: '990101001' }) }),
    query: z.strictObject({}),
  },
  responses: { 200: json(AreaProfile, 'The profile'), ...notModified, ...problems },
})

export function areaRoutes(dependencies: Reading & { now: () => Date }) {
  const { now } = dependencies
  return createRouter(remedies).openapi(route, (c) => {
    const { code } = c.req.valid('param')
    // Ages change at midnight, at home.
    const today = homeDay(now())
    const read = ['areas', 'buildings', 'facilities', 'people'] as const
    return versionedAnswer(
      c,
      dependencies,
      read,
      async (transaction) => c.json(await getAreaProfile(transaction, code, now()), 200),
      [today],
    )
  })
}
