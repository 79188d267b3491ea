import { defaultPageSetup, mostPrintTemplates } from '@minqing/data/domain/page-setup'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorAs } from '../access/actor.ts'
import { readAs } from '../store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import { listTemplates, removeTemplate, saveTemplate } from './templates.ts'

const street = '990101001'
const other = '990101002'
const now = new Date('2026-11-21T06:05:32Z')
const lead = (area: string) => actorAs({ id: 'lead' }, 'centre_lead', [area])
const setup = { ...defaultPageSetup, sheet: 'a3', author: '望澜街道综治中心', approval: '某S（2026）001号' } as const

let held: TestDatabase
beforeAll(async () => {
  held = await createTestDatabase()
})
afterAll(() => held.close())

const named = async (area: string, of = street) => {
  const { scope } = lead(area)
  const templates = await readAs(held.database, scope, (transaction) => listTemplates(transaction, of))
  return templates.map(({ name }) => name)
}

it('saves a template under its name, and in the place of the one that has it', async () => {
  const first = await saveTemplate(held.database, lead(street), street, { name: '周报', setup: defaultPageSetup }, now)
  const again = await saveTemplate(held.database, lead(street), street, { name: '周报', setup }, now)
  expect(again).toBe(first)
  const { scope } = lead(street)
  const saved = await readAs(held.database, scope, (transaction) => listTemplates(transaction, street))
  expect(saved).toEqual([{ id: first, name: '周报', setup, savedAt: now.toISOString() }])
})

it('is read by whoever works in a part of the street, and by nobody of another', async () => {
  expect(await named(`${street}002001`)).toEqual(['周报'])
  expect(await named('99')).toEqual(['周报'])
  expect(await named('all')).toEqual(['周报'])
  expect(await named(other)).toEqual([])
})

it('is saved and removed only by whoever has the whole street', async () => {
  const given = { name: '月报', setup }
  await expect(saveTemplate(held.database, lead(`${street}002`), street, given, now)).rejects.toMatchObject({
    code: 'forbidden',
  })
  const id = await saveTemplate(held.database, lead('all'), street, given, now)
  await expect(removeTemplate(held.database, lead(other), street, id)).rejects.toMatchObject({ code: 'not_found' })
  await removeTemplate(held.database, lead(street), street, id)
  expect(await named(street)).toEqual(['周报'])
  await expect(removeTemplate(held.database, lead(street), street, id)).rejects.toMatchObject({ code: 'not_found' })
})

it('records who saved and removed what, without the name that a person wrote', async () => {
  const rows = await held.database`
    select action, object, actor_id, target, details from audit where street_code = ${street} order by position`
  expect(rows.map(({ action, object }) => `${action} ${object}`)).toEqual([
    'create print_template',
    'create print_template',
    'create print_template',
    'remove print_template',
  ])
  expect(JSON.stringify(rows)).not.toMatch(/周报|月报/)
  expect(rows.every(({ target }) => typeof target === 'string')).toBe(true)
})

it('refuses more templates than a street has room for', async () => {
  for (let number = 0; number < mostPrintTemplates; number++)
    await saveTemplate(held.database, lead(other), other, { name: `版式 ${number}`, setup }, now)
  await expect(saveTemplate(held.database, lead(other), other, { name: '又一个', setup }, now)).rejects.toMatchObject({
    code: 'conflict',
  })
  // One that exists can still be changed.
  await saveTemplate(held.database, lead(other), other, { name: '版式 1', setup }, now)
})
