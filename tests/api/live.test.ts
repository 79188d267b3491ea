import { PassThrough } from 'node:stream'
import { actorAs } from '../../server/access/actor.ts'
import { LiveFeed } from '../../server/live/live-feed.ts'
import { encodeEvent, LiveBatch, LiveStream, mostWaiting } from '../../server/live/live-stream.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { takeStep } from '../../server/workflow/take-step.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LiveReader, type ReadEvent } from './live-reader.ts'
import { type ServedApi, serveOn } from './serve-api.ts'
import { addPerson, MovedClock, serveSignedIn, Visitor } from './signed-in-app.ts'
import { changed, grids, insertAreas, insertIncident, street } from './world.ts'

let held: TestDatabase
/** For statements of the test alone. */
let own: Database
let app: ServedApi
beforeAll(async () => {
  held = await createTestDatabase()
  own = connect({ url: held.url, poolSize: 4 })
  await insertAreas(held.database)
  for (const [index, gridCode] of grids.entries()) await insertIncident(own, { number: `N${index}`, gridCode })
  app = await serveOn(held.database)
})
afterAll(async () => {
  await app.close()
  await own.end()
  await held.close()
})

/** Appends a step as the workflow does; undone where it is said. */
async function append(number: string, isUndone = false): Promise<void> {
  await own
    .begin(async (sql) => {
      await sql`
        with head as (
          insert into log_head (street_code, position) values (${street}, 1)
          on conflict (street_code) do update set position = log_head.position + 1 returning position)
        insert into incident_step (street_code, number, sequence, position, to_status, at)
        select ${street}, ${number}, 1 + (select count(*) from incident_step where number = ${number}), position, '10', now()
        from head`
      if (isUndone) throw new Error('undone')
    })
    .catch((error: unknown) => {
      if (!isUndone) throw error
    })
}

/** So many steps of one incident at once. */
async function appendMany(number: string, steps: number): Promise<void> {
  await own`
    with head as (
      update log_head set position = position + ${steps} where street_code = ${street} returning position - ${steps} as position)
    insert into incident_step (street_code, number, sequence, position, to_status, at)
    select ${street}, ${number}, n + (select count(*) from incident_step where number = ${number}), position + n, '10', now()
    from head cross join generate_series(1, ${steps}) n`
}

async function head(): Promise<number> {
  const [row] = await own<{ position: number }[]>`select position from log_head where street_code = ${street}`
  return row?.position ?? 0
}

const positionsOf = (events: readonly ReadEvent[]) =>
  events.filter(({ event }) => event === 'step').map(({ data }) => data.position!)

it('ends with exactly the log under concurrent writers, however often it is cut off', async () => {
  const from = await head()
  const count = 60
  const writers = Promise.all(
    ['N0', 'N1', 'N2'].map(async (number) => {
      // One after the other, against those of the others.
      for (let step = 0; step < count / 3; step++) {
        await append(number, step % 7 === 3)
        if (step % 7 === 3) await append(number)
      }
    }),
  )
  const seen: number[] = []
  while ((seen.at(-1) ?? from) < from + count) {
    const last = seen.at(-1) ?? from
    const reader = await LiveReader.open(`${app.api}/live`, { 'last-event-id': `${street}:${last}` })
    const goal = Math.min(last + 1 + (last % 9), from + count)
    seen.push(...positionsOf(await reader.until(({ data }) => data.position !== undefined && data.position >= goal)))
    reader.close()
  }
  await writers
  expect(seen).toEqual(Array.from({ length: count }, (_, index) => from + 1 + index))
})

it('shows a step with its state and nothing that somebody wrote, and no version for it', async () => {
  const at = await head()
  const reader = await LiveReader.open(`${app.api}/live?since=${street}:${at}`)
  await reader.until(({ event }) => event === 'begin')
  await insertIncident(own, { number: 'S', gridCode: grids[0]!, title: '秘密' })
  await append('S')
  const asked = { sequence: 1, content: { action: 'accept' }, opinion: '秘密' } as const
  await takeStep(own, actorAs({}, 'duty_officer', [street]), street, 'S', asked, new Date('2099-01-01T00:00:00Z'))
  await changed(own, 'facilities')
  const events = await reader.until(({ event }) => event === 'changed')
  reader.close()
  const last = events.findLast(({ event }) => event === 'step')!
  expect(last).toMatchObject({ id: `${street}:${at + 2}`, data: { number: 'S', action: 'accept', area: grids[0] } })
  expect(JSON.stringify(events)).not.toContain('秘密')
  expect(events.at(-1)?.data).toMatchObject({ collection: 'facilities' })
})

it('shows each actor the steps of their own areas alone', async () => {
  const worker = await serveOn(held.database, { actor: actorAs({}, 'grid_worker', [grids[1]!]) })
  const at = await head()
  const past = await LiveReader.open(`${worker.api}/live?since=${street}:0&wait=0`)
  const before: ReadEvent[] = []
  for (let event = await past.next(); event !== undefined; event = await past.next()) before.push(event)
  expect(new Set(before.flatMap(({ data }) => data.number ?? []))).toEqual(new Set(['N1']))
  const reader = await LiveReader.open(`${worker.api}/live?since=${street}:${at}`)
  await append('N0')
  await append('N1')
  expect(positionsOf(await reader.until(({ event }) => event === 'step'))).toEqual([at + 2])
  reader.close()
  await worker.close()
})

it('resets a street that is not named or is too far behind, and refuses what is no point', async () => {
  const other = '960101999:4'
  const reader = await LiveReader.open(`${app.api}/live?wait=0&since=${other}`)
  const events = await reader.until(({ event }) => event === 'reset')
  expect(events.at(-1)?.data).toEqual({ street, position: await head() })
  await own`update log_head set position = position + 1500 where street_code = ${street}`
  const behind = await LiveReader.open(`${app.api}/live?wait=0&since=${street}:1`)
  expect((await behind.until(({ event }) => event === 'reset')).map(({ event }) => event)).toEqual(['begin', 'reset'])
  expect((await app.get('/live?since=here')).status).toBe(400)
})

it('sends all of the past that is not reset, however much waits for the client at once', async () => {
  const at = await head()
  await appendMany('N2', 1000)
  const reader = await LiveReader.open(`${app.api}/live?since=${street}:${at}`)
  const past = await reader.until(({ data }) => data.position === at + 1000)
  expect(JSON.stringify(past).length).toBeGreaterThan(mostWaiting)
  await append('N0')
  const all = [...past, ...(await reader.until(({ event }) => event === 'step'))]
  expect(positionsOf(all)).toEqual(Array.from({ length: 1001 }, (_, index) => at + 1 + index))
  reader.close()
})

it('makes each event once for all streams, and ends them and takes no more when it is closed', async () => {
  const logged: unknown[] = []
  const errors: unknown[] = []
  const actor = (id: string) => actorAs({ id }, 'centre_lead', ['all'])
  const feed = new LiveFeed({
    database: held.database,
    readFrom: held.database,
    actors: { known: () => undefined, resolve: async () => actor('') },
    logError: (error) => errors.push(error),
    now: () => new Date(),
    logInfo: (event, figures) => logged.push([event, figures]),
  })
  const asking = { path: '/api/live', header: () => undefined, socket: undefined }
  const join = async (id: string) => {
    const output = new PassThrough()
    await feed.join(actor(id), asking, { since: undefined, isFollowing: true, open: () => output })
    return output
  }
  const outputs = await Promise.all(['a', 'b', 'c'].map(join))
  const last = (await head()) + 5
  for (let step = 0; step < 5; step++) await append('N1')
  const readers = outputs.map((output) => output.setEncoding('utf8')[Symbol.asyncIterator]())
  const texts = await Promise.all(
    readers.map(async (reader) => {
      let text = ''
      while (!text.includes(`id: ${street}:${last}\n`)) text += (await reader.next()).value
      return text
    }),
  )
  for (const text of texts) expect(text.split('event: step').length - 1).toBe(5)
  feed.close()
  for (const reader of readers) expect(await reader.next()).toEqual({ done: true, value: undefined })
  await expect(join('d')).rejects.toMatchObject({ code: 'busy' })
  expect(logged).toEqual([['live', { made: 5, due: 0, streams: 3 }]])
  expect(errors).toEqual([])
})

it('opens eight streams for one actor and no ninth, until one is closed', async () => {
  const readers = await Promise.all(Array.from({ length: 8 }, () => LiveReader.open(`${app.api}/live`)))
  expect(readers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
  expect((await app.get('/live')).status).toBe(429)
  readers[0]!.close()
  await expect.poll(async () => (await app.get('/live?wait=0')).status).toBe(200)
  for (const reader of readers) reader.close()
})

it('breaks off who reads too slowly', async () => {
  let left = 0
  const asking = { path: '/api/live', header: () => undefined, socket: undefined }
  const stream = new LiveStream('log', actorAs({}, 'centre_lead', ['all']), asking, () => (left += 1))
  const output = new PassThrough()
  stream.open(output)
  stream.release()
  const bytes = encodeEvent('step', { filling: 'x'.repeat(1000) })
  for (let sent = 0; sent < mostWaiting + output.readableHighWaterMark + 2 * bytes.length; sent += bytes.length)
    stream.offer(new LiveBatch([{ bytes }]))
  expect(left).toBe(1)
  expect(output.destroyed).toBe(true)
})

it('ends within a second of the end of the session', async () => {
  const signedIn = await serveSignedIn(held.url, held.database, new MovedClock())
  await addPerson(signedIn, 'liming', [['analyst', 'all']])
  const visitor = new Visitor(signedIn)
  await visitor.signIn('liming')
  const reader = await LiveReader.open(`${signedIn.api}/live`, { cookie: visitor.cookie! })
  await reader.until(({ event }) => event === 'begin')
  await new Visitor(signedIn, visitor.cookie).send('DELETE', '/session')
  const ended = reader.next().then((event) => event === undefined)
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 1000))
  expect(await Promise.race([ended, late])).toBe(true)
  await signedIn.close()
})

it('ends when the session ends because nobody uses it', async () => {
  const clock = new MovedClock()
  const signedIn = await serveSignedIn(held.url, held.database, clock)
  await addPerson(signedIn, 'zhaomin', [['analyst', 'all']])
  const visitor = new Visitor(signedIn)
  await visitor.signIn('zhaomin')
  const reader = await LiveReader.open(`${signedIn.api}/live`, { cookie: visitor.cookie! })
  await reader.until(({ event }) => event === 'begin')
  clock.move(31)
  const ended = reader.next().then((event) => event === undefined)
  // Far less than the time between two signs of life.
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 5000))
  expect(await Promise.race([ended, late])).toBe(true)
  await signedIn.close()
})
