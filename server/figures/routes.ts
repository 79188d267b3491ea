import { z } from '@hono/zod-openapi'
import { calendarPeriod, type ComparedPeriods, comparedPeriods, daysOf } from '@minqing/data/domain/figure-periods'
import { FigureBoard } from '@minqing/data/domain/figure-board'
import { FigureCases, Figures } from '@minqing/data/domain/figure-answers'
import { FigureDivision, FigureName, FigurePart } from '@minqing/data/domain/figures'
import { homeDay } from '@minqing/data/domain/instant'
import { ProblemError } from '@minqing/data/domain/problem'
import { AreaParameter, areaRemedies } from '../areas/parameters.ts'
import { AsOf, knownAt, parameter } from '../http/parameters.ts'
import { scopeOf } from '../http/resolve-actor.ts'
import { json, notModified, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import { countBoard } from './count-board.ts'
import { countFigures } from './count-figures.ts'
import { listCases } from './list-cases.ts'

const mostDays = 5 * 366
/** Whether a day or an instant lies where there are calendars and cases; refined texts may be anything. */
const isDay = (text: string) => text >= '1980-01-01' && text < '2200'
const day = (example: string) => parameter(z.iso.date().refine(isDay), example)
const query = {
  area: AreaParameter.optional(),
  from: day('2026-10-01').optional(),
  to: day('2026-10-31').optional(),
  asOf: AsOf,
  by: parameter(FigureDivision, 'area').optional(),
}
const tags = ['figures']
const periodText =
  'From `from` to `to`, local days that are both in the period; without them the current month. With `asOf` as it was known at that instant: what the log recorded later does not count.'

const figuresRoute = defineRoute({
  access: { action: 'count', object: 'incident' },
  method: 'get',
  path: '/figures',
  tags,
  summary: 'The figures of the closed loop in a period, beside the one before and the same one a year ago',
  description: `${periodText} Of an area, or of all that the asker sees; with more cases than can be worked out at once the answer is 400 and says to choose a smaller area.`,
  request: { query: z.strictObject(query) },
  responses: {
    200: json(Figures, 'Numerator, denominator and value of each figure, divided as asked'),
    ...notModified,
    ...problems,
  },
})

const casesRoute = defineRoute({
  access: { action: 'read', object: 'incident' },
  method: 'get',
  path: '/figures/{figure}/cases',
  tags,
  summary: 'The cases that a figure counts',
  description: `${periodText} With \`by\` and \`key\` those of one group.`,
  request: {
    params: z.strictObject({ figure: parameter(FigureName, 'overdue') }),
    query: z.strictObject({
      ...query,
      part: parameter(FigurePart, 'denominator').default('numerator'),
      key: z.string().min(1).max(100).optional(),
      after: z
        .string()
        .regex(/^\d{9}-.{1,64}$/)
        .optional()
        .openapi({
          example: '990101001-20261001-0001',
          description: 'The case that the page follows: `next` of the page before',
        }),
      limit: z
        .string()
        .regex(/^\d{1,4}$/)
        .transform(Number)
        .pipe(z.number().min(1).max(1000))
        .default(100)
        .openapi({ type: 'integer', example: 100 }),
    }),
  },
  responses: { 200: json(FigureCases, 'As many as the figure says, page by page'), ...notModified, ...problems },
})

const boardRoute = defineRoute({
  access: { action: 'count', object: 'incident' },
  method: 'get',
  path: '/figures/board',
  tags,
  summary:
    'How each community stands at the end of a month: accepted, closed, resolved, overdue, cleared and since when',
  request: {
    query: z.strictObject({
      area: query.area,
      asOf: query.asOf,
      month: parameter(z.string().regex(/^(19[89]|20\d|21\d)\d-(0[1-9]|1[0-2])$/), '2026-10').optional(),
    }),
  },
  responses: {
    200: json(FigureBoard, 'By community; without `month` of the current one'),
    ...notModified,
    ...problems,
  },
})

const remedies = {
  ...areaRemedies,
  from: { zh: '请给出日期，例如 2026-10-01', en: 'Give a date, e.g. 2026-10-01' },
  to: { zh: '请给出日期，例如 2026-10-31', en: 'Give a date, e.g. 2026-10-31' },
  month: { zh: '请给出年月，例如 2026-10', en: 'Give a month, e.g. 2026-10' },
  figure: {
    zh: `可选：${FigureName.options.join('、')}`,
    en: `One of: ${FigureName.options.join(', ')}`,
  },
  by: {
    zh: `可选：${FigureDivision.options.join('、')}`,
    en: `One of: ${FigureDivision.options.join(', ')}`,
  },
}

type AskedPeriod = { from?: string | undefined; to?: string | undefined; asOf?: string | undefined }

/** @throws ProblemError `bad_parameter` for a period that has not begun, ends before it begins or is too long */
function periodsOf({ from, to, asOf }: AskedPeriod, now: Date): ComparedPeriods {
  const known = asOf === undefined ? now : knownAt(asOf, now)
  const usual = calendarPeriod('month', from ?? to ?? homeDay(known))
  const period = { from: from ?? usual.from, to: to ?? usual.to }
  const days = daysOf(period)
  if (days < 1 || days > mostDays)
    throw new ProblemError(
      'bad_parameter',
      days < 1
        ? {
            zh: `结束日期 ${period.to} 早于开始日期 ${period.from}`,
            en: `The period ends on ${period.to}, before it begins on ${period.from}`,
          }
        : { zh: `时段有 ${days} 天，过长`, en: `A period of ${days} days is too long` },
      {
        parameter: 'to',
        remedy: { zh: `请选择不超过 ${mostDays} 天的时段`, en: `Choose a period of up to ${mostDays} days` },
      },
    )
  const periods = comparedPeriods(period, known)
  if (periods !== null) return periods
  throw new ProblemError(
    'bad_parameter',
    {
      zh: `时段自 ${period.from} 开始，晚于所选时点`,
      en: `The period begins on ${period.from}, later than the time as of which it is asked`,
    },
    {
      parameter: 'from',
      remedy: { zh: '请选择已经开始的时段', en: 'Choose a period that has begun' },
    },
  )
}

/**
 * Read as a reader from whom no column is hidden, within the actor's areas: outcomes and ratings stand in the contents of
 * steps, which analysts do not see, and what leaves are counts, and cases by codes and times.
 */
export function figureRoutes(dependencies: Reading & { now: () => Date }) {
  const reading: Reading = { ...dependencies, role: 'reader' }
  const { now } = dependencies
  // What is overdue, or has come due, changes by the minute, without a write.
  const shapedBy = () => [now().toISOString().slice(0, 16)]
  const router = createRouter(remedies).openapi(figuresRoute, (c) => {
    const { area, by, ...asked } = c.req.valid('query')
    const periods = periodsOf(asked, now())
    return versionedAnswer(
      c,
      reading,
      ['areas', 'incidents'],
      async (transaction) => c.json(await countFigures(transaction, scopeOf(c), { area, periods, by }), 200),
      shapedBy(),
    )
  })
  const withBoard = router.openapi(boardRoute, (c) => {
    const { area, month, asOf } = c.req.valid('query')
    const first = month === undefined ? {} : { from: `${month}-01` }
    const { current } = periodsOf({ ...first, asOf }, now())
    const asked = { area, month: current.from.slice(0, 7), asOf: new Date(current.asOf) }
    return versionedAnswer(
      c,
      reading,
      ['areas', 'incidents'],
      async (transaction) => c.json(await countBoard(transaction, scopeOf(c), asked), 200),
      shapedBy(),
    )
  })
  return withBoard.openapi(casesRoute, (c) => {
    const { figure } = c.req.valid('param')
    const { area, by, key, part, after, limit, ...asked } = c.req.valid('query')
    const { current: period } = periodsOf(asked, now())
    const group = by === undefined || key === undefined ? undefined : { by, key }
    const last = after === undefined ? undefined : { street: after.slice(0, 9), number: after.slice(10) }
    return versionedAnswer(
      c,
      reading,
      ['areas', 'incidents'],
      async (transaction) =>
        c.json(
          await listCases(transaction, scopeOf(c), {
            area,
            period,
            figure,
            part,
            group,
            after: last,
            limit,
          }),
          200,
        ),
      shapedBy(),
    )
  })
}
