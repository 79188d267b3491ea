import { fieldAccess, may } from '@minqing/data/domain/access'
import { type RoleName, roleNames } from '@minqing/data/domain/role'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAs, databaseRoles } from '../../server/access/actor.ts'
import { narrowRoles, readAs } from '../../server/store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { serveOn } from './serve-api.ts'
import { grids, insertAreas, insertFacility, insertIncident, insertWorker, street } from './world.ts'

/** What stands in each guarded field that something is read from. */
const marks = {
  contact: { name: '值守员标记', phone: '027-5550001' },
  facility: { phone: '027-5550002' },
  incident: { title: '标题标记', text: '内容标记', address: '地址标记', opinion: '意见标记' },
} as const
const guarded = Object.entries(marks).flatMap(([object, fields]) =>
  Object.entries(fields).map(
    ([field, mark]) => ({ object, field, mark }) as { object: 'contact'; field: 'name'; mark: string },
  ),
)

let held: TestDatabase
beforeAll(async () => {
  held = await createTestDatabase()
  const { database } = held
  await insertAreas(database)
  await insertWorker(database, grids[0]!, marks.contact.name, marks.contact.phone)
  await insertFacility(database, 'F1')
  await database`update facility set phone = ${marks.facility.phone} where street_code = ${street}`
  const { title, text, address, opinion } = marks.incident
  await insertIncident(database, { number: 'A-1', title, text, address })
  await database`
    insert into incident_step (street_code, number, sequence, position, to_status, opinion, at)
    values (${street}, 'A-1', 1, 1, '20', ${opinion}, '2026-03-01T08:00:00+08:00')`
})
afterAll(() => held.close())

const paths = [
  ...['grids', 'facilities', 'incidents'].flatMap((collection) => [
    `/collections/${collection}/items`,
    `/collections/${collection}/items?f=html`,
  ]),
  `/collections/incidents/items/${street}-A-1`,
  `/incidents/${street}/A-1`,
  `/areas/${grids[0]}`,
  '/exports/incidents.csv',
  '/exports/incidents.geojson',
  '/search?q=标记',
]

/** All that a role is answered. */
async function answersFor(role: RoleName, area: string): Promise<string> {
  const api = await serveOn(held.database, { actor: actorAs({ id: role }, role, [area]) })
  try {
    const bodies: string[] = []
    for (const path of paths) {
      const response = await api.get(path)
      expect([200, 403, 404], `${role} ${path}`).toContain(response.status)
      bodies.push(await response.text())
    }
    return bodies.join('\n')
  } finally {
    await api.close()
  }
}

test.each(roleNames.flatMap((role) => [street, 'all'].map((area) => [role, area] as const)))(
  '%s in %s reads the guarded fields that the policy shows, and no other',
  async (role, area) => {
    const answers = await answersFor(role, area)
    for (const { object, field, mark } of guarded) {
      const isShown = may(role, 'read', object) && fieldAccess(role, object, field) === 'clear'
      expect(answers.includes(mark), `${object}.${field}`).toBe(isShown)
    }
  },
)

test('a hidden field finds nothing by a filter', async () => {
  const api = await serveOn(held.database, { actor: actorAs({ id: 'a' }, 'analyst', [street]) })
  const filter = encodeURIComponent(`title LIKE '%标记%'`)
  const response = await api.get(`/collections/incidents/items?filter=${filter}`)
  expect(await response.json()).toMatchObject({ numberReturned: 0 })
  await api.close()
})

test('the database refuses a narrow reader what is hidden, whatever is asked', async () => {
  const queries = [
    'select title from public.incident',
    'select opinion from public.incident_step',
    'select name from public.staff',
    'select id from public.resident',
    'select leader from public.area_with_contacts',
  ]
  for (const areas of [['all'], [street]])
    for (const query of queries)
      await expect(
        readAs(held.database, { role: 'analyst', areas }, (transaction) => transaction.unsafe(query)),
        query,
      ).rejects.toThrow(/permission denied/)
})

test('roles that read as one role of the database see the same guarded fields', () => {
  for (const narrow of narrowRoles) {
    const roles = roleNames.filter((role) => databaseRoles[role] === narrow)
    expect(roles.length).toBeGreaterThan(0)
    for (const { object, field } of guarded) {
      const shown = roles.map((role) => may(role, 'read', object) && fieldAccess(role, object, field) === 'clear')
      expect(new Set(shown).size, `${narrow} ${object}.${field}`).toBe(1)
    }
  }
})
