import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { CellCache } from '../../../server/counts/cell-cache.ts'
import { findPlaces, searchTerms } from '../../../server/search/find-places.ts'
import type { Database, Transaction } from '../../../server/store/connect.ts'
import { openScope, readAs } from '../../../server/store/scope.ts'
import { getSummary } from '../../../server/summary/get-summary.ts'
import { median, type Figure } from '../figure.ts'

const rounds = 15
const now = new Date()

/** Answered from sums, whose number does not grow with the incidents. */
const summaries: Record<string, IncidentFilter> = {
  'all streets': {},
  'one type': { type: ['D02'] },
  'a year of whole months': { from: '2025-11-01T00:00:00+08:00', to: '2026-11-01T00:00:00+08:00' },
}
/** Answered from the cells in memory, which are as many as the incidents. */
const mixed: Record<string, IncidentFilter> = {
  'type, status and risk': { type: ['D02'], status: ['80'], risk: ['yellow'] },
  'thirty days': { from: '2026-10-20T00:00:00+08:00', to: '2026-11-19T00:00:00+08:00' },
  'a year to the hour': { from: '2025-11-13T10:00:00+08:00', to: '2026-11-13T11:00:00+08:00' },
}
const searches = ['江汀大道', '20260301-0004', '柳堤社区']
/** Answered by an index over the pieces of names, addresses and codes; the last ones are in most of them. */
const placeSearches = [...searches, '青石 3栋', '船厂', '没有这个地方', '1', '99', '路']

type Question = (database: Database, cells: CellCache) => Promise<unknown>

const questions = new Map<string, Question>([
  ...Object.entries({ ...summaries, ...mixed }).map(([name, filter]): [string, Question] => [
    `${name in summaries ? 'summary' : 'mixed'}, ${name}`,
    (database, cells) =>
      readAs(database, openScope, (transaction) => getSummary(transaction, filter, now, { scope: openScope, cells })),
  ]),
  ...searches.map((words): [string, Question] => [
    `search, ${words}`,
    (database) =>
      readAs(database, openScope, (transaction) =>
        findPlaces(transaction, words, { language: 'zh', scope: openScope }),
      ),
  ]),
])

/** What must take as long for ten million incidents as for one: the city against the same with a tenth of them. */
export async function measureSumsAndSearches(city: Database, tenth: Database): Promise<Figure[]> {
  // As a server does when it starts.
  const caches: [CellCache, CellCache] = [new CellCache(), new CellCache()]
  await caches[0].fill(city, new AbortController().signal)
  await caches[1].fill(tenth, new AbortController().signal)
  const times = await ask([city, tenth], caches)
  const counted = await Promise.all(
    [city, tenth].map(async (database) => {
      const [row] = await database<[{ total: number }]>`select sum(total)::bigint as total from incident_month`
      return row.total
    }),
  )
  const figure = (kind: string, claim: Figure['claim'], atMost: number): Figure => {
    const own = [...times].filter(([name]) => name.startsWith(kind))
    return {
      claim,
      value: Math.max(...own.map(([, [large, small]]) => large / small)),
      unit: ' ×',
      limit: { atMost },
      measured: {
        incidents: counted.join(' / '),
        ...Object.fromEntries(
          own.map(([name, pair]) => [`${name}, ms`, pair.map((time) => time.toFixed(1)).join(' / ')]),
        ),
      },
    }
  }
  return [
    figure(
      'summary',
      {
        zh: '汇总：1000 万件与 100 万件的用时之比（三种中最慢的）',
        en: 'summary: time at 10 million incidents against 1 million, the worst of three',
      },
      1.3,
    ),
    figure(
      'mixed',
      {
        zh: '按几个条件或不满整月的时间汇总：1000 万件与 100 万件的用时之比（三种中最慢的）',
        en: 'summary by several facets or parts of months: time at 10 million against 1 million, the worst of three',
      },
      10,
    ),
    figure(
      'search',
      {
        zh: '搜索：1000 万件与 100 万件的用时之比（三种中最慢的）',
        en: 'search: time at 10 million incidents against 1 million, the worst of three',
      },
      1.5,
    ),
    await searchWithIndex(city),
  ]
}

/** Everything that a search without an index compares with its words. */
async function compareEveryRow(transaction: Transaction, words: string): Promise<void> {
  const { patterns } = searchTerms(words)
  await transaction`
    select count(*) from building where lower(concat_ws(' ', estate, name, address, code)) like all(${patterns}::text[])`
  await transaction`
    select count(*) from facility where lower(concat_ws(' ', name, address, id)) like all(${patterns}::text[])`
  await transaction`
    select count(*) from base_feature where layer = 'road' and lower(name) like any(${patterns}::text[])`
  await transaction`
    select count(*) from area a left join area p on p.code = a.parent_code
    where lower(concat_ws(' ', p.name, a.name, a.code)) like all(${patterns}::text[])`
}

/** Searching a city by the index over pieces of names, against comparing every row, as it was done without. */
async function searchWithIndex(city: Database): Promise<Figure> {
  const times = new Map<string, [number, number]>()
  for (const words of placeSearches) {
    const own: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++)
      for (const way of [0, 1] as const) {
        const began = performance.now()
        // In turns, so that a busy machine is busy for both.
        await readAs(
          city,
          openScope,
          async (transaction) => {
            if (way === 0) await findPlaces(transaction, words, { language: 'zh', scope: openScope })
            else await compareEveryRow(transaction, words)
          },
          Infinity,
        )
        own[way].push(performance.now() - began)
      }
    times.set(words, [median(own[0]), median(own[1])])
  }
  return {
    claim: {
      zh: '在全市 40 万栋建筑、1.2 万个网格中搜索所需时间，与逐行比较之比（九种中最慢的）',
      en: 'time of a search among 400,000 buildings and 12,000 grids of a city against comparing every row, the worst of nine',
    },
    value: Math.max(...[...times.values()].map(([ours, all]) => ours / all)),
    unit: ' ×',
    limit: { atMost: 0.25 },
    measured: Object.fromEntries(
      [...times].map(([words, pair]) => [`${words}, ms`, pair.map((time) => time.toFixed(1)).join(' / ')]),
    ),
  }
}

/** Milliseconds of each question to the city and to its tenth: medians of rounds in which the two take turns. */
async function ask(
  databases: [Database, Database],
  caches: [CellCache, CellCache],
): Promise<Map<string, [number, number]>> {
  const answers = new Map<string, [number, number]>()
  for (const [name, question] of questions) {
    const times: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++)
      for (const place of [0, 1] as const) {
        const began = performance.now()
        // In turns, so that a busy machine is busy for both.
        await question(databases[place], caches[place])
        times[place].push(performance.now() - began)
      }
    answers.set(name, [median(times[0]), median(times[1])])
  }
  return answers
}
