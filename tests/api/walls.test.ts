import { setTimeout as delay } from 'node:timers/promises'
import type { Problem } from '@minqing/data/domain/problem'
import type { WaitingWall, WallDevice, WallPairing } from '@minqing/data/domain/wall-device'
import type { WallPicture } from '@minqing/data/domain/wall'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../server/audit/verify-audit.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { serveOn } from './serve-api.ts'
import { addPerson, MovedClock, serveSignedIn, type SignedInApp, signInProven, Visitor } from './signed-in-app.ts'
import { changed, communities, grids, insertAreas, insertIncident, street } from './world.ts'

const clock = new MovedClock()
let held: TestDatabase
/** As two processes that share one database. */
let app: SignedInApp
let other: SignedInApp
let lead: Visitor
/** Of one community of the same sub-district. */
let neighbour: Visitor
beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  for (const [index, gridCode] of grids.entries())
    await insertIncident(held.database, { number: `N${index}`, gridCode })
  await changed(held.database, 'incidents')
  app = await serveSignedIn(held.url, held.database, clock)
  other = await serveSignedIn(held.url, held.database, clock)
  await addPerson(app, 'lead', [['centre_lead', street]])
  await addPerson(app, 'neighbour', [['centre_lead', communities[1]!]])
  await addPerson(app, 'analyst', [['analyst', 'all']])
  lead = await signInProven(app, clock, 'lead')
  neighbour = await signInProven(app, clock, 'neighbour')
})
afterAll(async () => {
  await other.close()
  await app.close()
  await held.close()
})

const agent = 'Mozilla/5.0 (X11; Linux) Chrome/140.0'

async function askToPair(screen = new Visitor(app)): Promise<WallPairing & { screen: Visitor }> {
  const { status, body } = await screen.send<WallPairing>('POST', '/wall/pairing', undefined, { 'user-agent': agent })
  expect(status).toBe(200)
  return { ...body, screen }
}
const claim = (screen: Visitor, secret: string) =>
  screen.send<{ state: string }>('POST', '/wall/pairing/claim', { secret })
const confirm = (by: Visitor, code: string, area = communities[0]!) =>
  by.send<{ id: string }>('POST', '/walls', { code, name: '指挥大厅', area })
const listed = async (by: Visitor) => (await by.send<{ walls: WallDevice[] }>('GET', '/walls')).body.walls

/** A screen that has been paired, and its id. */
async function paired(area?: string): Promise<{ screen: Visitor; id: string }> {
  const { screen, secret, code } = await askToPair()
  const { body } = await confirm(lead, code, area)
  await claim(screen, secret)
  return { screen, id: body.id }
}

describe('pairing a screen', () => {
  test('takes a code, a person who sees what asks, and a token that is fetched once', async () => {
    const { screen, secret, code, seconds } = await askToPair()
    expect([code, seconds]).toEqual([expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/), 600])
    expect(await screen.status('/wall')).toBe(401)
    expect((await claim(screen, secret)).body).toEqual({ state: 'waiting' })
    const typed = `${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `
    const found = await lead.send<WaitingWall>('POST', '/walls/pairing', { code: typed })
    expect(found.body).toMatchObject({ code, address: '127.0.0.1', agent })
    expect((await claim(screen, secret)).body).toEqual({ state: 'waiting' })
    expect((await confirm(lead, code)).status).toBe(201)
    const claimed = await claim(screen, secret)
    expect(claimed.body).toEqual({ state: 'paired' })
    expect(claimed.cookie).toMatch(/^minqing-wall=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Strict$/)
    expect((await claim(new Visitor(app), secret)).body).toEqual({ state: 'expired' })
    // It is shown its own area, and nothing else of the API.
    const { body } = await screen.send<WallPicture>('GET', '/wall')
    expect([body.area?.code, body.open]).toEqual([communities[0], 2])
    expect((await screen.send<WallPicture>('GET', `/wall?area=${communities[1]}`)).status).toBe(404)
    for (const path of [
      '/wall/versions',
      `/wall/contacts?area=${communities[0]}`,
      `/wall/cells?area=${communities[0]}`,
    ])
      expect(await new Visitor(other, screen.cookie).status(path), path).toBe(200)
    for (const path of ['/summary', '/session', '/sessions', '/status', '/walls', '/collections/grids/items'])
      expect(await screen.status(path), path).toBe(401)
  })

  test('a wrong, a used and an expired code are answered alike', async () => {
    const refusal = async (code: string) => {
      const { status, body } = await lead.send<Problem>('POST', '/walls/pairing', { code })
      return { status, body }
    }
    const wrong = await refusal('BBBB-BBBB')
    expect(wrong).toMatchObject({ status: 404, body: { code: 'not_found', parameter: 'code' } })
    const used = await askToPair()
    await confirm(lead, used.code)
    const late = await askToPair()
    expect(await refusal(used.code)).toEqual(wrong)
    expect(await refusal('?')).toEqual(wrong)
    clock.move(10)
    expect(await refusal(late.code)).toEqual(wrong)
    expect((await claim(late.screen, late.secret)).body).toEqual({ state: 'expired' })
    expect((await confirm(lead, late.code)).status).toBe(404)
  })

  test('that is refused by the person leaves nothing', async () => {
    const { screen, secret, code } = await askToPair()
    expect((await lead.send('POST', '/walls/pairing/refuse', { code })).status).toBe(204)
    expect((await confirm(lead, code)).status).toBe(404)
    const { body, cookie } = await claim(screen, secret)
    expect([body, cookie]).toEqual([{ state: 'refused' }, undefined])
    expect((await claim(screen, secret)).body).toEqual({ state: 'expired' })
  })

  test('is for the areas of the person alone, and for roles that may', async () => {
    const { code } = await askToPair()
    for (const area of [communities[0]!, street, 'all']) {
      const { status, body } = await neighbour.send<Problem>('POST', '/walls', { code, name: '大屏', area })
      expect([status, body.code, body.parameter]).toEqual([403, 'forbidden', 'area'])
    }
    expect((await confirm(lead, code, '武汉')).status).toBe(400)
    const analyst = new Visitor(app)
    await analyst.signIn('analyst')
    for (const path of ['/walls/pairing', '/walls'])
      expect((await analyst.send<Problem>('POST', path, { code })).body.code).toBe('forbidden')
    expect((await confirm(neighbour, code, communities[1])).status).toBe(201)
  })

  test('codes cannot be tried out, and screens cannot be asked for without end', async () => {
    const third = await serveSignedIn(held.url, held.database, clock)
    const guesser = new Visitor(third, lead.cookie)
    const statuses = async (attempts: number, attempt: () => Promise<{ status: number }>) => {
      const found = new Set<number>()
      for (let made = 0; made < attempts; made++) found.add((await attempt()).status)
      return [...found]
    }
    expect(await statuses(10, () => guesser.send('POST', '/walls/pairing', { code: 'BBBB-BBBC' }))).toEqual([404])
    const refused = await guesser.send<Problem>('POST', '/walls/pairing', { code: 'BBBB-BBBC' })
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
    expect(await statuses(35, () => new Visitor(third).send('POST', '/wall/pairing'))).toEqual([200, 429])
    await third.close()
  })
})

describe('a paired screen', () => {
  test('is revoked at once on every process, by who may', async () => {
    const { screen, id } = await paired()
    const elsewhere = new Visitor(other, screen.cookie)
    for (const one of [screen, elsewhere])
      for (const path of ['/wall', '/wall/versions', '/wall']) expect(await one.status(path)).toBe(200)
    const foreign = await neighbour.send<Problem>('DELETE', `/walls/${id}`)
    const unknown = await neighbour.send('DELETE', '/walls/00000000-0000-4000-8000-000000000000')
    expect([foreign.status, foreign.body]).toEqual([404, unknown.body])
    expect((await lead.send('DELETE', `/walls/${id}`)).status).toBe(204)
    await delay(1000)
    for (const one of [screen, elsewhere]) expect(await one.status('/wall')).toBe(401)
    expect((await lead.send('DELETE', `/walls/${id}`)).status).toBe(404)
  })

  test('is listed and renamed within the own areas alone, with when it was used last', async () => {
    const { screen, id } = await paired(communities[0])
    const mine = async () => (await listed(lead)).find((wall) => wall.id === id)
    expect(await mine()).toMatchObject({
      name: '指挥大厅',
      area: { code: communities[0], name: '区域001' },
      pairedBy: '姓名lead',
      agent,
    })
    expect((await listed(neighbour)).map((wall) => wall.id)).not.toContain(id)
    expect((await neighbour.send('PUT', `/walls/${id}`, { name: '我的' })).status).toBe(404)
    expect((await lead.send('PUT', `/walls/${id}`, { name: ' 二楼大厅 ' })).status).toBe(204)
    expect((await lead.send('PUT', `/walls/${id}`, { name: ' ' })).status).toBe(400)
    const first = (await mine())?.usedAt
    clock.move(3)
    await screen.status('/wall')
    expect(await mine()).toMatchObject({ name: '二楼大厅', usedAt: first })
    clock.move(3)
    await delay(1000)
    await screen.status('/wall')
    expect((await mine())?.usedAt).toBe(clock.now().toISOString())
  })

  test('does not end by itself, and a person’s session counts where it has none', async () => {
    const { screen } = await paired()
    const person = new Visitor(app)
    await person.signIn('analyst')
    const both = new Visitor(app, `${person.cookie}; ${screen.cookie}`)
    expect((await both.send<WallPicture>('GET', '/wall')).body.area?.code).toBe(communities[0])
    expect(await both.status('/summary')).toBe(200)
    const revoked = new Visitor(app, `${person.cookie}; minqing-wall=${'A'.repeat(43)}`)
    expect((await revoked.send<WallPicture>('GET', '/wall')).body.area?.code).toBe(street)
    clock.move(60 * 24 * 30)
    await delay(1000)
    expect(await screen.status('/wall')).toBe(200)
    expect(await both.status('/summary')).toBe(401)
  })

  test('and what becomes of it is recorded, without codes, names and tokens', async () => {
    const lead2 = (lead = await signInProven(app, clock, 'lead'))
    const rows = () => held.database<{ action: string; result: string; text: string }[]>`
      select action, result, to_jsonb(a)::text as text from audit a
      where a.street_code in (${street}, '000000000') and a.object = 'wall_device' and a.result <> 'failed'
      order by a.at`
    const before = (await rows()).length
    const { screen, id } = await paired()
    const refused = await askToPair()
    await lead2.send('POST', '/walls/pairing/refuse', { code: refused.code })
    await lead2.send('PUT', `/walls/${id}`, { name: '三楼' })
    await lead2.send('DELETE', `/walls/${id}`)
    const found = (await rows()).slice(before)
    expect(found.map(({ action, result }) => `${action} ${result}`)).toEqual([
      'pair done',
      'pair refused',
      'change done',
      'remove done',
    ])
    const texts = found.map(({ text }) => text).join('\n')
    for (const secret of [screen.cookie?.split('=')[1] ?? '-', refused.code, refused.secret, '指挥大厅', '三楼'])
      expect(texts).not.toContain(secret)
    expect((await verifyAudit(held.database)).faults).toEqual([])
  })
})

test('where sign-in is switched off there is nothing to pair', async () => {
  const open = await serveOn(held.database)
  const visitor = new Visitor(open)
  expect((await visitor.send('POST', '/wall/pairing')).status).toBe(404)
  expect((await visitor.send('GET', '/walls')).body).toEqual({ walls: [] })
  expect(await visitor.status('/wall')).toBe(200)
  await open.close()
})
