import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { removeData } from '../setup/start-product.ts'
import { addressOf, leftOf, postmasterPid, type Running, startServer } from './process.ts'

let directory: string
let server: Running

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'minqing-dying-')))
})
afterEach(async () => {
  server.child.kill('SIGKILL')
  const left = await leftOf(directory)
  removeData(directory)
  if (left.length > 0) throw new Error(`Left running: ${left.join(', ')}`)
})

/** Kills the database as it runs now; false where none does. */
function killDatabase(): boolean {
  try {
    process.kill(postmasterPid(directory), 'SIGKILL')
    return true
  } catch {
    return false
  }
}

/** Ended by itself, with an exit code for whoever starts it again, and a sentence in both languages instead of a stack. */
async function expectSentence(): Promise<void> {
  expect(await server.ended).toBe(1)
  // Beside the lines of the log.
  const said = server.output().replaceAll(/^\{.*\}$/gm, '')
  expect(said).toMatch(/^数据库.+\nThe database (ended|did not start).+/m)
  expect(said).not.toContain('    at ')
}

describe.skipIf(process.platform !== 'linux')('a database that dies', () => {
  test('during the first start ends it with a sentence, and the next start makes up for it', async () => {
    server = startServer(directory)
    while (!server.output().includes('正在写入')) await delay(5)
    expect(killDatabase()).toBe(true)
    await expectSentence()
    server = startServer(directory)
    await addressOf(server)
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
  })

  test('before it has taken a connection ends it with a sentence', async () => {
    server = startServer(directory)
    while (!killDatabase()) await delay(1)
    await expectSentence()
  })

  test('again and again is given up with a sentence', async () => {
    server = startServer(directory)
    await addressOf(server)
    while (server.child.exitCode === null) {
      killDatabase()
      await delay(100)
    }
    await expectSentence()
  })
})
