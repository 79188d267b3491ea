import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Spool } from './spool.ts'

const directory = mkdtempSync(join(tmpdir(), 'minqing-spool-'))
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const limits = { file: 50_000_000, total: 20_000_000, reserve: 0 }
const megabyte = Buffer.alloc(1_000_000)

async function* megabytes(count: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield megabyte
}

test('all uploaded files together have a quota: what is announced, and what comes', async () => {
  const spool = new Spool(directory, limits)
  const id = await spool.create()
  expect(await spool.receive(id, 'a.csv', { bytes: megabytes(10), size: 10_000_000 })).toBe(10_000_000)
  const announced = spool.receive(id, 'b.csv', { bytes: megabytes(11), size: 11_000_000 })
  await expect(announced).rejects.toMatchObject({
    code: 'storage_full',
    detail: { zh: expect.stringContaining('20 MB') },
  })
  await expect(spool.receive(id, 'c.csv', { bytes: megabytes(30) })).rejects.toMatchObject({ code: 'storage_full' })
  expect(readdirSync(join(directory, id))).toEqual(['a.csv'])
  await spool.remove(id)
  const again = await spool.create()
  expect(await spool.receive(again, 'b.csv', { bytes: megabytes(11), size: 11_000_000 })).toBe(11_000_000)
})

test('a file that the disk has no room for is refused before a byte of it is written', async () => {
  const spool = new Spool(directory, { file: Infinity, total: Infinity, reserve: 1_000_000_000 })
  const id = await spool.create()
  const larger = spool.receive(id, 'a.csv', { bytes: megabytes(1), size: 1e18 })
  await expect(larger).rejects.toMatchObject({
    code: 'storage_full',
    detail: { zh: expect.stringContaining('磁盘空间不足') },
  })
  expect(readdirSync(join(directory, id))).toEqual([])
})
