import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { DocumentFiles, documentFolder } from '../documents/document-files.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import type { CommandContext } from './command.ts'
import { documentsCommand } from './documents.ts'

const street = '960101001'
const contents = ['%PDF-1.4 one', '%PDF-1.4 two'].map((text) => Buffer.from(text))
let world: TestDatabase
let directory: string
let files: DocumentFiles
let stored: string[]

beforeAll(async () => {
  world = await createTestDatabase()
  directory = await mkdtemp(join(tmpdir(), 'minqing-documents-'))
  files = new DocumentFiles(documentFolder(directory))
  stored = []
  await world.database`
    insert into incident (street_code, number, type, channel, urgency, status, title, text, address, happened_at, reported_at,
      source)
    values (${street}, 'A1', 'D02', 'walk_in', '1', '20', '标题', '', '', now(), now(), 'test')`
  for (const [index, bytes] of contents.entries()) {
    stored.push(await files.put(bytes))
    await world.database`
      insert into incident_document (street_code, number, id, name, type, size, sha256, added_at, added_by, added_by_role)
      values (${street}, 'A1', ${`d${index + 1}`}, '张三的协议.pdf', 'application/pdf', ${bytes.length}, ${stored[index]!},
        now(), 'x', 'mediator')`
  }
})
afterAll(async () => {
  await world.close()
  await rm(directory, { recursive: true })
})

async function run(...args: string[]) {
  const output: string[] = []
  const context: CommandContext = {
    config: readConfig({ MINQING_DATA_DIR: directory }, { 'data-dir': directory }),
    now: () => new Date(),
    database: async () => world.database,
    path: (relative) => join(directory, relative),
    secret: async () => undefined,
    out: (line) => output.push(line),
    report: (line) => output.push(line),
    signal: new AbortController().signal,
  }
  const code = await documentsCommand.prepare(args).run(context)
  return { code, output: output.join('\n') }
}
const place = (sha256: string) => join(documentFolder(directory), sha256.slice(0, 2), sha256)

test('a backup holds every file, and brings back what is missing and what was damaged', async () => {
  expect(await run('check')).toMatchObject({ code: 0, output: expect.stringContaining('2 份材料，0 份') })
  expect(await run('save', 'backup')).toMatchObject({ code: 0, output: expect.stringContaining('复制 2 份') })
  // Again: nothing has changed.
  expect(await run('save', 'backup')).toMatchObject({ code: 0, output: expect.stringContaining('复制 0 份') })

  await files.remove(stored[0]!)
  await writeFile(place(stored[1]!), 'damaged')
  const found = await run('check')
  expect(found.code).toBe(1)
  for (const id of ['d1', 'd2']) expect(found.output).toContain(`事件 A1 的材料 ${id}：`)
  // Names of files may hold those of people.
  expect(found.output).not.toContain('张三')

  expect(await run('restore', 'backup')).toMatchObject({ code: 0, output: expect.stringContaining('复制 2 份') })
  expect(await Promise.all(stored.map((sha256) => files.read(sha256)))).toEqual(contents)
  expect((await run('check')).code).toBe(0)
})

test('a file that is in neither folder is reported', async () => {
  const empty = await run('restore', 'elsewhere')
  expect(empty.code).toBe(0)
  await files.remove(stored[0]!)
  const { code, output } = await run('restore', 'elsewhere')
  expect([code, output.includes('d1'), output.includes('d2')]).toEqual([1, true, false])
  await run('restore', 'backup')
})

test('files that no document names are removed once they are a day old, and that is recorded', async () => {
  const [old, young] = [await files.put(Buffer.from('old')), await files.put(Buffer.from('young'))]
  const yesterday = new Date(Date.now() - 2 * 86_400_000)
  await utimes(place(old), yesterday, yesterday)
  await utimes(place(stored[0]!), yesterday, yesterday)
  expect((await run('check')).output).toContain('2 个文件没有事件引用')
  expect((await run('tidy')).output).toContain('删除 1 个文件')
  expect((await files.all()).map(({ sha256 }) => sha256).toSorted()).toEqual([...stored, young].toSorted())
  const [row] = await world.database`select details from audit where action = 'forget' and object = 'document'`
  expect(row).toEqual({ details: { files: 1 } })
})
