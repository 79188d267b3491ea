import type { AuditActor, AuditEntry, AuditVerification } from '@minqing/data/domain/audit'
import { auditEntryId } from '@minqing/data/domain/audit'
import type { RoleName } from '@minqing/data/domain/role'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { recordAs } from '../../server/audit/append-audit.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { type ServedApi, serveOn } from './serve-api.ts'
import { street } from './world.ts'

const other = '960101999'
let held: TestDatabase
/** Tampers, and looks at plans, past the application. */
let owner: Database
const served: ServedApi[] = []
const as = async (role: RoleName, area: string) => {
  const api = await serveOn(held.database, { actor: actorAs({ id: `${role}-${area}`, name: role }, role, [area]) })
  served.push(api)
  return api
}
let auditor: ServedApi

/** Reads of two people in two streets: more than a page, several of them within a millisecond. */
const people = [
  actorAs({ id: 'a-1', name: '=1+1' }, 'centre_lead', [street]),
  actorAs({ id: 'a-2', name: '李明' }, 'duty_officer', [other]),
]

beforeAll(async () => {
  held = await createTestDatabase()
  owner = connect({ url: held.url, poolSize: 1 })
  for (let target = 1; target <= 40; target += 1) {
    const audited = { action: 'reveal', object: 'contact', area: target % 2 === 0 ? street : other } as const
    await recordAs(held.database, people[target % 2]!, { ...audited, target: String(target) }, 'done', { n: target })
  }
  auditor = await as('auditor', 'all')
})
afterAll(async () => {
  for (const api of served) await api.close()
  await owner.end()
  await held.close()
})

type Page = { entries: AuditEntry[]; next: string | null }
const page = (query = '', api = auditor) => api.getJson<Page>(`/audit${query}`)

describe('searching the audit trail', () => {
  test('goes through every row once, the newest first, whatever is appended meanwhile', async () => {
    const seen: string[] = []
    let next: string | null = null
    do {
      const found: Page = await page(`?limit=7&action=reveal${next === null ? '' : `&after=${next}`}`)
      seen.push(...found.entries.map(auditEntryId))
      next = found.next
      await recordAs(held.database, people[0]!, { action: 'read', object: 'contact', area: street }, 'done')
    } while (next !== null)
    const written = await owner<{ id: string }[]>`
      select street_code || '-' || position as id from audit where action = 'reveal'
      order by at desc, street_code desc, position desc`
    expect(written).toHaveLength(40)
    expect(seen).toEqual(written.map(({ id }) => id))
    expect((await auditor.get('/audit?after=960101999-1000')).status).toBe(400)
  })

  test('by who, street, result and period', async () => {
    const targets = async (query: string) => (await page(`?action=reveal&limit=1000&${query}`)).entries.length
    expect(await targets('actor=a-1')).toBe(20)
    expect(await targets(`street=${other}&actor=a-2`)).toBe(20)
    expect(await targets(`street=${street}&actor=a-2`)).toBe(0)
    // A name would stand in addresses and their logs.
    expect(await targets(`actor=${encodeURIComponent('李明')}`)).toBe(0)
    expect(await targets('result=refused')).toBe(0)
    const [first] = (await page('?action=reveal&limit=1000')).entries.slice(-1)
    expect(await targets(`to=${first?.at}`)).toBe(0)
    expect(await targets(`from=${first?.at}`)).toBe(40)
  })

  test('lists who did something, the last one first', async () => {
    const { actors } = await auditor.getJson<{ actors: AuditActor[] }>('/audit/actors')
    const known = actors.filter(({ id }) => id.startsWith('a-'))
    expect(known.map(({ id, name, kind }) => [id, name, kind])).toEqual([
      ['a-1', '=1+1', 'person'],
      ['a-2', '李明', 'person'],
    ])
    const { actors: before } = await auditor.getJson<{ actors: AuditActor[] }>('/audit/actors?to=2020-01-01T00:00:00Z')
    expect(before).toEqual([])
  })

  test('reads the newest rows, those of one person and the last verification from an index', async () => {
    await owner.begin(async (transaction) => {
      await transaction.unsafe(
        `insert into audit select '990101001', n, now() - n * interval '1 second', 'person', 'p' || n % 500, '', '', null,
          'read', 'contact', null, null, 'done', '{}', '' from generate_series(1, 20000) n`,
      )
      await transaction.unsafe('analyze audit')
      await transaction.unsafe(`set local role minqing_auditor; set local app.scope = 'all'`)
      for (const [condition, index] of [
        ['true', 'audit_newest'],
        [`(at, street_code, position) < (now() - interval '1 hour', '990101001', 7)`, 'audit_newest'],
        [`actor_id = 'p7'`, 'audit_actor'],
        [`object = 'audit' and action = 'verify'`, 'audit_verified'],
      ]) {
        const plan = await transaction.unsafe(
          `explain select * from audit where ${condition} order by at desc, street_code desc, position desc limit 50`,
        )
        const text = plan.map((line) => String(line['queryPlan'] ?? line['QUERY PLAN'])).join('\n')
        expect(text, condition).toContain(index)
        expect(text, condition).not.toContain('Seq Scan')
        // What is in its order need not be sorted, however much there is.
        expect(text.includes('Sort'), condition).toBe(index === 'audit_actor' && text.includes('Bitmap'))
      }
      await transaction.unsafe('reset role')
      await transaction.unsafe(`delete from audit where street_code = '990101001'`)
    })
  })
})

describe('exporting the audit trail', () => {
  test('gives a table that runs no formula, and JSON lines, and is recorded itself', async () => {
    const response = await auditor.get(`/audit/entries.csv?action=reveal&street=${street}&lang=zh`)
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('审计日志'))
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
    const rows = parse<Record<string, string>>(bytes, { bom: true, columns: true })
    expect(rows).toHaveLength(20)
    expect(rows[0]).toMatchObject({ 操作人: "'=1+1", 操作: '明文查看', 对象: '工作人员联系方式', 结果: '成功' })
    const lines = (await (await auditor.get('/audit/entries.jsonl?action=reveal')).text()).trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as AuditEntry).target)).toEqual(
      Array.from({ length: 40 }, (_, index) => String(40 - index)),
    )
    const none = await auditor.get('/audit/entries.jsonl?action=reveal&result=failed')
    expect([none.status, await none.text()]).toEqual([200, ''])
    const { entries } = await page('?action=export&object=audit')
    expect(entries.map(({ details }) => details)).toEqual([
      { format: 'jsonl', filter: { action: 'reveal', result: 'failed' } },
      { format: 'jsonl', filter: { action: 'reveal' } },
      { format: 'csv', filter: { action: 'reveal', street } },
    ])
    expect(entries[0]).toMatchObject({ actorId: 'auditor-all', address: '127.0.0.1' })
  })

  test('what cannot be recorded is not exported', async () => {
    await owner`alter table audit add constraint closed check (action <> 'export') not valid`
    const refused = await auditor.get('/audit/entries.csv')
    await owner`alter table audit drop constraint closed`
    expect(refused.status).toBe(500)
    expect(await refused.text()).not.toContain('reveal')
  })
})

describe('verifying the audit trail', () => {
  const last = async (api = auditor) =>
    (await api.getJson<{ last: AuditVerification | null }>('/audit/verification')).last
  const verify = async (api = auditor) => {
    const response = await fetch(`${api.api}/audit/verification`, { method: 'POST' })
    return ((await response.json()) as { last: AuditVerification | null }).last
  }

  test('says until when it is whole, also to who audits one street', async () => {
    expect(await last()).toBeNull()
    const [{ count }] = await owner<[{ count: number }]>`select count(*) from audit`
    const found = await verify()
    expect(found).toMatchObject({ by: 'auditor', rows: count, faults: [] })
    expect(await last()).toEqual(found)
    const here = await as('auditor', street)
    expect(await last(here)).toBeNull()
    const [own] = await owner<[{ count: number }]>`select count(*) from audit where street_code = ${street}`
    expect(await verify(here)).toMatchObject({ rows: own.count, faults: [] })
    expect(await last(here)).toMatchObject({ rows: own.count })
  })

  test('names the first row that was changed, and is recorded as failed', async () => {
    await owner`update audit set target = '99' where street_code = ${street} and position = 3`
    const faults = [{ streetCode: street, position: 3, fault: 'changed' }]
    expect(await verify()).toMatchObject({ faults })
    expect(await last()).toMatchObject({ faults })
    expect((await page('?action=verify&limit=1')).entries).toMatchObject([{ result: 'failed', details: { faults } }])
    // Another street's auditor is not concerned.
    expect(await verify(await as('auditor', other))).toMatchObject({ faults: [] })
  })
})

test('nobody but auditors reads, verifies or exports the trail', async () => {
  for (const role of ['administrator', 'centre_lead', 'supervisor', 'analyst'] as const) {
    const api = await as(role, 'all')
    for (const path of ['', '/actors', '/verification', '/entries.csv', '/entries.jsonl'])
      expect((await api.get(`/audit${path}`)).status, `${role} ${path}`).toBe(403)
    expect((await fetch(`${api.api}/audit/verification`, { method: 'POST' })).status).toBe(403)
  }
})
