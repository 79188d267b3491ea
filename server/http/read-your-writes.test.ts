import { Hono } from 'hono'
import { expect, it } from 'vitest'
import type { Database } from '../store/connect.ts'
import { ReplicaReader } from '../store/replica-reader.ts'
import { readYourWrites } from './read-your-writes.ts'

const at = '16/B374D848'

async function app() {
  const primary = (async () => [{ at }]) as unknown as Database
  const reader = await ReplicaReader.open(primary, [])
  const asked: bigint[] = []
  reader.require = async (position) => void asked.push(position)
  const served = new Hono().use(readYourWrites(reader)).all('/', (c) => c.text('fine'))
  return { served, asked }
}

it('gives a writer a position, and requires it of their next request', async () => {
  const { served, asked } = await app()
  const written = await served.request('/', { method: 'POST' })
  const [cookie = ''] = (written.headers.get('set-cookie') ?? '').split(';')
  await served.request('/', { headers: { cookie } })
  expect(asked).toEqual([0x16n * 2n ** 32n + 0xb374d848n])
})

it.each(['%', '%zz', '16%2', 'FFFFFFFFF/0', '', '"'])('takes the cookie “%s” for none', async (value) => {
  const { served, asked } = await app()
  const response = await served.request('/', { headers: { cookie: `minqing-position=${value}` } })
  expect([response.status, asked]).toEqual([200, []])
})
