import { type IncomingMessage, request } from 'node:http'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json as readJson } from 'node:stream/consumers'
import { documentLimits, type IncidentDocument } from '@minqing/data/domain/incident-document'
import type { Problem } from '@minqing/data/domain/problem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { DocumentFiles } from '../../server/documents/document-files.ts'
import { hugePng, lookAt, metadataMarks, sampleImage, withMetadata } from '../../server/documents/test-images.ts'
import { type ServedApi, serveApi, serveOn } from './serve-api.ts'
import { changed, grids, insertAreas, insertIncident, street } from './world.ts'

let officer: ServedApi
let worker: ServedApi
let neighbour: ServedApi
let supervisor: ServedApi
let folder: string
let files: DocumentFiles
const named = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minqing-documents-'))
  files = new DocumentFiles(folder)
  const documents = files
  officer = await serveApi({ actor: actorAs({ id: 'officer' }, 'duty_officer', [street]), documents })
  await insertAreas(officer.database)
  for (const number of ['A1', 'A2', 'A3']) await insertIncident(officer.database, { number, gridCode: grids[0]! })
  await changed(officer.database, 'incidents')
  const as = (role: 'grid_worker' | 'supervisor', area: string) =>
    serveOn(officer.database, { actor: actorAs({ id: role }, role, [area]), documents })
  worker = await as('grid_worker', grids[0]!)
  neighbour = await as('grid_worker', grids[1]!)
  supervisor = await as('supervisor', street)
})
afterAll(async () => {
  await Promise.all([worker, neighbour, supervisor].map((served) => served.close()))
  await officer.close()
  await rm(folder, { recursive: true })
})

const path = (number: string, rest = '') => `/incidents/${street}/${number}/documents${rest}`
const post = (served: ServedApi, number: string, body: Uint8Array, name = '现场.jpg') =>
  fetch(`${served.api}${path(number)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-disposition': named(name) },
    body: new Uint8Array(body),
  })
async function add(served: ServedApi, number: string, body: Uint8Array, name?: string): Promise<IncidentDocument> {
  const response = await post(served, number, body, name)
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as IncidentDocument
}
const listed = async (served: ServedApi, number: string) =>
  (await served.getJson<{ documents: IncidentDocument[] }>(path(number))).documents
async function refusal(response: Response): Promise<[number, string]> {
  const { code } = (await response.json()) as Problem
  return [response.status, code]
}
const withdraw = (served: ServedApi, number: string, id: string, reason: string) =>
  fetch(`${served.api}${path(number, `/${id}/withdrawal`)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason }),
  })

describe('a document of a case', () => {
  it('is added, listed, and comes back as it is stored, without what the photograph said', async () => {
    const added = await add(worker, 'A1', withMetadata(await sampleImage('jpeg')), '楼道/现场 一.jpg')
    expect(added).toMatchObject({ name: '现场 一.jpg', type: 'image/jpeg', width: 40, height: 60 })
    expect(await listed(officer, 'A1')).toEqual([added])

    const response = await officer.get(path('A1', `/${added.id}`))
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `attachment; filename=document.jpg; filename*=UTF-8''${encodeURIComponent('现场 一.jpg')}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.equals((await files.read(added.sha256))!)).toBe(true)
    expect(bytes.length).toBe(added.size)
    for (const mark of metadataMarks) expect(bytes.includes(mark), mark).toBe(false)
    expect(await lookAt(bytes)).toMatchObject({ width: 40, height: 60 })
  })

  it('as a PDF is stored as it is', async () => {
    const added = await add(officer, 'A1', pdf, '协议书.pdf')
    const response = await officer.get(path('A1', `/${added.id}`))
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).toBe(true)
  })

  it('is for those who work in the case', async () => {
    const { id } = await add(officer, 'A1', pdf)
    // Who may not see the case learns nothing of it.
    expect(await refusal(await neighbour.get(path('A1')))).toEqual([404, 'not_found'])
    expect(await refusal(await neighbour.get(path('A1', `/${id}`)))).toEqual([404, 'not_found'])
    expect(await refusal(await post(neighbour, 'A1', pdf))).toEqual([404, 'not_found'])
    expect(await refusal(await withdraw(neighbour, 'A1', id, '试试'))).toEqual([404, 'not_found'])
    // A supervisor sees the case, and none of its documents.
    expect(await refusal(await supervisor.get(path('A1')))).toEqual([403, 'forbidden'])
    expect(await refusal(await supervisor.get(path('A1', `/${id}`)))).toEqual([403, 'forbidden'])
    expect(await refusal(await post(supervisor, 'A1', pdf))).toEqual([403, 'forbidden'])
    // Of another case.
    expect(await refusal(await officer.get(path('A2', `/${id}`)))).toEqual([404, 'not_found'])
    expect(await refusal(await post(officer, 'none', pdf))).toEqual([404, 'not_found'])
  })

  it('is withdrawn for a reason: it stays recorded, and can no longer be read', async () => {
    const { id } = await add(worker, 'A2', pdf)
    expect(await refusal(await withdraw(worker, 'A2', id, ' '))).toEqual([400, 'bad_parameter'])
    expect((await withdraw(worker, 'A2', id, '传错事件')).status).toBe(204)
    expect(await refusal(await worker.get(path('A2', `/${id}`)))).toEqual([409, 'conflict'])
    expect(await refusal(await withdraw(worker, 'A2', id, '再次'))).toEqual([409, 'conflict'])
    const [document] = await listed(officer, 'A2')
    expect(document).toMatchObject({ id, withdrawn: { byRole: 'grid_worker', reason: '传错事件' } })
  })

  it('leaves its adding, reading and withdrawal in the audit trail, without its name', async () => {
    const { id } = await add(worker, 'A3', pdf, '张三的病历.pdf')
    await (await officer.get(path('A3', `/${id}`))).arrayBuffer()
    await withdraw(officer, 'A3', id, '与本案无关')
    const rows = await officer.database`
      select actor_id, action, object, target, reason, details from audit where target = 'A3' order by position`
    expect(rows).toEqual([
      {
        actorId: 'grid_worker',
        action: 'create',
        object: 'document',
        target: 'A3',
        reason: null,
        details: { document: id, type: 'application/pdf', size: pdf.length },
      },
      { actorId: 'officer', action: 'read', object: 'document', target: 'A3', reason: null, details: { document: id } },
      {
        actorId: 'officer',
        action: 'remove',
        object: 'document',
        target: 'A3',
        reason: '与本案无关',
        details: { document: id },
      },
    ])
    const [{ found }] = await officer.database<[{ found: number }]>`
      select count(*)::integer as found from audit where details::text like '%病历%' or target like '%病历%'`
    expect(found).toBe(0)
  })

  it('whose file is missing or was changed is reported, and nothing is said to have been read', async () => {
    const { id, sha256 } = await add(officer, 'A3', Buffer.concat([pdf, Buffer.from('other')]))
    const reads = async () =>
      (await officer.database`select from audit where action = 'read' and details ->> 'document' = ${id}`).length
    await writeFile(join(folder, sha256.slice(0, 2), sha256), 'changed')
    expect(await refusal(await officer.get(path('A3', `/${id}`)))).toEqual([404, 'not_found'])
    await files.remove(sha256)
    expect(await refusal(await officer.get(path('A3', `/${id}`)))).toEqual([404, 'not_found'])
    expect(await reads()).toBe(0)
  })
})

describe('a file that is no document', () => {
  it.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a picture of instructions', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a program', Buffer.from('MZ\u0090\0\u0003')],
    ['an archive', Buffer.from('PK\u0003\u0004')],
    ['something with a PDF after it', Buffer.concat([Buffer.from('<html>'), pdf])],
  ])('%s is refused whatever it is called', async (_what, bytes) => {
    expect(await refusal(await post(officer, 'A1', bytes, '现场.jpg'))).toEqual([415, 'unsupported_media_type'])
  })

  it('a truncated image, and one of more pixels than may be, are refused and leave nothing', async () => {
    const before = await readdir(folder, { recursive: true })
    const png = await sampleImage('png')
    expect(await refusal(await post(officer, 'A1', png.subarray(0, png.length - 40)))).toEqual([400, 'bad_parameter'])
    expect(await refusal(await post(officer, 'A1', hugePng(60_000)))).toEqual([413, 'too_large'])
    expect(await readdir(folder, { recursive: true })).toEqual(before)
  })

  it('none at all, and one without a name, are refused', async () => {
    const empty = await fetch(`${officer.api}${path('A1')}`, {
      method: 'POST',
      headers: { 'content-disposition': named('a.pdf') },
    })
    expect(await refusal(empty)).toEqual([400, 'bad_parameter'])
    const unnamed = await fetch(`${officer.api}${path('A1')}`, { method: 'POST', body: new Uint8Array(pdf) })
    expect(await refusal(unnamed)).toEqual([400, 'bad_parameter'])
  })
})

describe('the limits', () => {
  it('of one file hold, whether or not its size is announced', async () => {
    const large = Buffer.concat([pdf, Buffer.alloc(documentLimits.file)])
    const announced = await post(officer, 'A1', large)
    expect(announced.status).toBe(413)
    const streamed = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(`${officer.api}${path('A1')}`, {
        method: 'POST',
        headers: { 'content-disposition': named('a.pdf'), 'transfer-encoding': 'chunked' },
      })
      sent.on('response', resolve).on('error', reject).end(large)
    })
    const problem = (await readJson(streamed)) as Problem
    expect([problem.code, problem.detail]).toEqual(['too_large', expect.stringContaining('20 MB')])
  })

  it('of a case hold also for two who add at once; what is withdrawn does not count', async () => {
    await insertIncident(officer.database, { number: 'FULL' })
    await insertIncident(officer.database, { number: 'HEAVY' })
    const insert = (number: string, id: string, size: number) => officer.database`
      insert into incident_document (street_code, number, id, name, type, size, sha256, added_at, added_by, added_by_role)
      values (${street}, ${number}, ${id}, 'x', 'application/pdf', ${size}, ${'0'.repeat(64)}, now(), 'x', 'duty_officer')`
    for (let index = 1; index < documentLimits.files; index++) await insert('FULL', `${index}`, 1)
    await insert('HEAVY', '1', documentLimits.total - pdf.length)
    const answers = await Promise.all([post(officer, 'FULL', pdf), post(officer, 'FULL', pdf)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
    const document = (await listed(officer, 'FULL')).find(({ size }) => size === pdf.length)!
    expect((await withdraw(officer, 'FULL', document.id, '腾出位置')).status).toBe(204)
    await add(officer, 'FULL', pdf)
    await add(officer, 'HEAVY', pdf)
    expect(await refusal(await post(officer, 'HEAVY', pdf))).toEqual([409, 'conflict'])
  })
})
