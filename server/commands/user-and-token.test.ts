import { Readable, Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PasswordHashes } from '../accounts/password-hash.ts'
import { readConfig } from '../config.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import type { Command, CommandContext } from './command.ts'
import { readSecret } from './read-secret.ts'
import { tokenCommand } from './token.ts'
import { userCommand } from './user.ts'

let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase()
})
afterAll(() => world.close())

let typed: string | undefined

async function run(command: Command, ...args: string[]) {
  const [output, reported]: [string[], string[]] = [[], []]
  const context: CommandContext = {
    config: readConfig({}),
    now: () => new Date('2026-03-10T08:00:00Z'),
    database: async () => world.database,
    path: (relative) => relative,
    secret: async () => typed,
    out: (line) => output.push(line),
    report: (line) => reported.push(line),
    signal: new AbortController().signal,
  }
  const code = await command.prepare(args).run(context)
  return { code, output: output.join('\n'), reported: reported.join('\n') }
}

const add = ['add', 'LiMing', '--name', '李明', '--role', 'centre_lead', '--area', '420102012']

test('an account is made with the password that was typed, and listed without it', async () => {
  typed = 'Tide-71-lamp'
  expect((await run(userCommand, ...add)).code).toBe(0)
  const again = await run(userCommand, ...add)
  expect([again.code, again.reported]).toEqual([1, expect.stringContaining('账号“liming”已存在')])
  const { output } = await run(userCommand, 'list')
  expect(output).toBe('liming  李明  centre_lead@420102012')
  const [row] = await world.database<{ password: string }[]>`select password from account`
  expect(await new PasswordHashes().verify('Tide-71-lamp', row?.password)).toBe(true)
})

test('a made password is printed once, fits the rules and has to be replaced', async () => {
  const { output } = await run(userCommand, ...add.toSpliced(1, 1, 'wanglei'), '--made')
  expect(output).toMatch(/shown this once: \w{5}-\w{5}-\w{5}$/)
  expect((await run(userCommand, 'list')).output).toContain('初始密码 initial password')
  const reset = await run(userCommand, 'reset', 'wanglei', '--made')
  expect(reset.output).toMatch(/shown this once: \w{5}-\w{5}-\w{5}$/)
  expect(reset.output.slice(-17)).not.toBe(output.slice(-17))
})

test('roles are granted and revoked, and an account is disabled and enabled by a reset', async () => {
  await run(userCommand, 'grant', 'liming', '--role', 'analyst', '--area', 'all')
  expect((await run(userCommand, 'list')).output).toContain('centre_lead@420102012 analyst@all')
  expect((await run(userCommand, 'revoke', 'liming', '--role', 'centre_lead')).code).toBe(0)
  expect((await run(userCommand, 'revoke', 'liming', '--role', 'centre_lead')).code).toBe(1)
  await run(userCommand, 'disable', 'liming')
  expect((await run(userCommand, 'list')).output).toContain('liming  李明  analyst@all  已停用 disabled')
  typed = 'Paper-91-boat'
  await run(userCommand, 'reset', 'liming')
  expect((await run(userCommand, 'list')).output).toContain('liming  李明  analyst@all\n')
})

test('a token is printed once, listed without it, and revoked by its id', async () => {
  const { output } = await run(tokenCommand, 'add', 'QGIS', '--role', 'analyst', '--area', '420102012')
  const token = /mq_[\w-]{43}$/.exec(output)?.[0] ?? ''
  const id = /id: ([\w-]{36})/.exec(output)?.[1] ?? ''
  const listed = await run(tokenCommand, 'list')
  expect(listed.output).toBe(`${id}  QGIS  analyst@420102012  至 until 2026-09-06T08:00:00.000Z`)
  expect(token).not.toBe('')
  const stored = await world.database`select to_jsonb(t)::text as text from access_token t`
  expect(String(stored[0]?.['text'])).not.toContain(token)
  expect((await run(tokenCommand, 'revoke', id)).code).toBe(0)
  expect((await run(tokenCommand, 'list')).output).toContain('已吊销 revoked')
  expect((await run(tokenCommand, 'revoke', id)).code).toBe(1)
})

test.each([
  [userCommand, ['add', 'x', '--name', '李', '--role', 'analyst', '--area', 'all'], '2 至 32 个'],
  [userCommand, ['add', 'chen', '--name', '陈', '--role', 'analyst', '--area', '武汉'], '不是区域编码'],
  [userCommand, ['add', 'chen', '--name', '陈', '--role', 'analyst'], '没有给出区域'],
  [userCommand, ['reset', 'nobody', '--made'], '没有账号“nobody”'],
  [tokenCommand, ['add', 'QGIS', '--role', 'administrator', '--area', 'all'], '不能用于程序'],
])('%# ends with 1 and a sentence', async (command, args, sentence) => {
  expect(await run(command, ...args)).toMatchObject({ code: 1, reported: expect.stringContaining(sentence) as string })
})

test.each([
  [userCommand, []],
  [userCommand, ['add']],
  [userCommand, ['remove', 'liming']],
  [userCommand, ['add', 'chen', '--name', '陈', '--role', 'king', '--area', 'all']],
  [userCommand, ['add', 'chen', '--role', 'analyst', '--area', 'all']],
  [tokenCommand, ['add', 'QGIS', '--role', 'analyst', '--area', 'all', '--days', '0']],
  [tokenCommand, ['list', 'a', 'b']],
])('%# cannot be understood', async (command, args) => {
  await expect(run(command, ...args)).rejects.toThrow(/\p{L}/u)
})

test('no password at all makes no account, and a weak one neither', async () => {
  typed = undefined
  await expect(run(userCommand, ...add.toSpliced(1, 1, 'chen'))).rejects.toThrow('--made')
  typed = 'Admin@123'
  expect(await run(userCommand, ...add.toSpliced(1, 1, 'chen'))).toMatchObject({ code: 1 })
})

test('what is piped in is a secret of one line; nothing is none', async () => {
  const written: string[] = []
  const output = new Writable({
    write: (text: Buffer, _encoding, done) => {
      written.push(String(text))
      done()
    },
  })
  const { signal } = new AbortController()
  expect(await readSecret(Readable.from(['Tide-71-', 'lamp\nmore\n']), output, '?', signal)).toBe('Tide-71-lamp')
  expect(await readSecret(Readable.from([]), output, '?', signal)).toBeUndefined()
  expect(written).toEqual([])
})
