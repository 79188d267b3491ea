import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { testFolder } from '@minqing/data/test-data'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { addressOf, incidents, minqing, startServer } from '../lifecycle/process.ts'

// The whole server on a database of one's own, as `DATABASE_URL` gives it.
const directory = join(testFolder('own'), 'data')
let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase()
})
afterAll(async () => {
  await world.close()
})

test(
  'the server runs on DATABASE_URL, two of them at once, and touches no data directory',
  { timeout: 120_000 },
  async () => {
    const environment = { DATABASE_URL: world.url, SIGN_IN: 'off' }
    const first = startServer(directory, environment)
    const firstAddress = await addressOf(first)
    const second = startServer(directory, environment)
    expect(await incidents(await addressOf(second))).toBe(await incidents(firstAddress))
    const command = minqing(directory, 'migrate', { DATABASE_URL: world.url })
    expect(await command.ended).toBe(0)
    for (const { child } of [first, second]) child.kill('SIGTERM')
    expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0])
    expect(existsSync(directory)).toBe(false)
  },
)
