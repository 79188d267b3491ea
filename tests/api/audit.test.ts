import type { AuditEntry } from '@minqing/data/domain/audit'
import type { RoleName } from '@minqing/data/domain/role'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { verifyAudit } from '../../server/audit/verify-audit.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { type ServedApi, serveOn } from './serve-api.ts'
import { addPerson, MovedClock, password, serveSignedIn, type SignedInApp, Visitor } from './signed-in-app.ts'
import { changed, grids, insertAreas, insertIncident, street } from './world.ts'

let held: TestDatabase
const served: ServedApi[] = []
const as = async (role: RoleName, area: string) => {
  const api = await serveOn(held.database, { actor: actorAs({ id: `${role}-1`, name: role }, role, [area]) })
  served.push(api)
  return api
}
let analyst: ServedApi
let officer: ServedApi
let auditor: ServedApi

beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  await insertIncident(held.database, { number: 'CASE-1', gridCode: grids[0]!, title: '楼上漏水' })
  await changed(held.database, 'incidents')
  analyst = await as('analyst', street)
  officer = await as('duty_officer', street)
  auditor = await as('auditor', 'all')
})
afterAll(async () => {
  for (const api of served) await api.close()
  await held.close()
})

const entries = async (query = '') => (await auditor.getJson<{ entries: AuditEntry[] }>(`/audit${query}`)).entries

describe('the audit trail', () => {
  test('has each export before its first byte, with what was asked and without what was in it', async () => {
    const bytes = await (await officer.get(`/exports/incidents.csv?area=${street}&type=D02`)).arrayBuffer()
    const csv = Buffer.from(bytes).toString()
    expect(csv).toContain('CASE-1')
    const [ended, entry] = await entries('?action=export')
    expect(ended).toMatchObject({ result: 'done', details: { format: 'csv', rows: 1, bytes: bytes.byteLength } })
    expect(entry).toMatchObject({
      streetCode: street,
      actorId: 'duty_officer-1',
      actorName: 'duty_officer',
      role: 'duty_officer',
      object: 'incident',
      result: 'done',
      address: '127.0.0.1',
      details: { format: 'csv', filter: { area: street, type: ['D02'] } },
    })
    expect(JSON.stringify([ended, entry])).not.toContain('CASE-1')
  })

  test('has each refusal once, however often it is asked for', async () => {
    for (let time = 0; time < 3; time += 1) expect((await analyst.get('/audit?actor=liming')).status).toBe(403)
    expect(await entries('?result=refused')).toMatchObject([
      {
        actorId: 'analyst-1',
        role: 'analyst',
        address: '127.0.0.1',
        object: 'audit',
        details: { route: 'GET /api/audit' },
      },
    ])
  })

  test('what cannot be recorded is not done', async () => {
    await held.database`alter table audit add constraint closed check (action <> 'export') not valid`
    const refused = await analyst.get('/exports/incidents.csv')
    expect(refused.status).toBe(500)
    expect(await refused.text()).not.toContain('CASE-1')
    await held.database`alter table audit drop constraint closed`
    expect((await analyst.get('/exports/incidents.csv')).status).toBe(200)
  })

  test('is read by auditors in their areas, and by nobody else', async () => {
    expect((await analyst.get('/audit')).status).toBe(403)
    const elsewhere = await as('auditor', '960101999')
    expect((await elsewhere.getJson<{ entries: unknown[] }>('/audit')).entries).toEqual([])
    const here = await as('auditor', street)
    const streets = (await here.getJson<{ entries: AuditEntry[] }>('/audit')).entries.map((one) => one.streetCode)
    expect([...new Set(streets)]).toEqual([street])
    expect((await auditor.get('/incidents/columns')).status).toBe(403)
  })

  test('has who signed in, who was not let in, and who changed a role, without what was typed', async () => {
    const app: SignedInApp = await serveSignedIn(held.url, held.database, new MovedClock())
    await addPerson(app, 'liming', [
      ['community', street],
      ['analyst', 'all'],
    ])
    const visitor = new Visitor(app)
    await visitor.signIn('liming', 'not the password 1')
    await visitor.signIn('my secret typed as a name', password)
    await visitor.signIn('liming')
    await visitor.send('PUT', '/session', { role: 'analyst' })
    await visitor.send('DELETE', '/session')
    const found = await entries('?object=session')
    expect(found.map(({ action, result, actorName, role }) => [action, result, actorName, role])).toEqual([
      ['remove', 'done', '姓名liming', 'analyst'],
      ['switch', 'done', '姓名liming', 'community'],
      ['sign_in', 'done', '姓名liming', 'community'],
      ['sign_in', 'refused', '', ''],
      ['sign_in', 'refused', '姓名liming', ''],
    ])
    expect(await entries('?object=account')).toMatchObject([{ action: 'create' }])
    const all = JSON.stringify(await entries('?limit=1000'))
    for (const secret of ['not the password', 'my secret', password]) expect(all).not.toContain(secret)
    await app.close()
  })

  test('holds as a chain, whoever wrote at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => analyst.get('/exports/areas.csv')))
    expect((await verifyAudit(held.database)).faults).toEqual([])
  })
})
