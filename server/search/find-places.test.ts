import { afterAll, beforeAll, expect, test } from 'vitest'
import { narrowRoles, openScope, readAs, type Scope } from '../store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import { findPlaces } from './find-places.ts'

const buildings = 6_000
let held: TestDatabase
beforeAll(async () => {
  held = await createTestDatabase()
  await held.database.begin(async (transaction) => {
    // However busy the machine is.
    await transaction`set local statement_timeout = 0`
    await transaction`
      insert into building (street_code, code, community_code, grid_code, name, address, floors, height, use, geometry,
        extent, center, source)
      select '960101001', '960101001001' || lpad(i::text, 5, '0'), '960101001001', null, i || '栋', '测试路', 6, 18,
        'residential', '{}', box(point(114, 30), point(114.001, 30.001)), point(114, 30), 'test'
      from generate_series(1, ${buildings}::integer) i`
  })
  await held.database`vacuum analyze building`
})
afterAll(() => held.close())

async function search(words: string) {
  return held.database.begin(async (transaction) => {
    const hits = await findPlaces(transaction, words, { language: 'zh', scope: openScope })
    const [{ scans }] = await transaction<[{ scans: number }]>`
      select seq_scan as scans from pg_stat_xact_user_tables where relname = 'building'`
    return { names: hits.map(({ name }) => name), scans }
  })
}

test.each(['1', '栋', '路', '01', '测试路', '6栋'])(
  '“%s”, which most buildings hold, is found by the index',
  async (words) => {
    const { names, scans } = await search(words)
    expect(names).toHaveLength(20)
    expect(scans).toBe(0)
  },
)

test('the very name comes first where no more are found than are ranked', async () => {
  expect((await search('17栋')).names[0]).toBe('17栋')
})

test.each(['reader', ...narrowRoles] as const)('who sees a part as %s finds its buildings alone', async (role) => {
  const seen = async (area: string) => {
    const scope: Scope = { role, areas: [area] }
    const hits = await readAs(held.database, scope, (transaction) =>
      findPlaces(transaction, '17栋', { language: 'zh', scope }),
    )
    return hits.map(({ name }) => name)
  }
  // Supervisors and offices see no buildings at all.
  const isBlind = role === 'procedure' || role === 'office'
  expect((await seen('960101001001')).includes('17栋')).toBe(!isBlind)
  expect(await seen('960101001002')).toEqual([])
})
