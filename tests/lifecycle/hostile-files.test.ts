import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { FileReader, readerLimits } from '../../server/imports/read/file-reader.ts'
import { megabyte } from './hostile-file.ts'
import { hostileFiles, outcomeOf, readHostile } from './hostile-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'minqing-hostile-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Seconds of computing, limited by the kernel: many times what any of these files needs; only a hang takes longer. */
const computing = 60

test.each(hostileFiles)('$what: refused with a sentence or read, within the limits', async ({ name, content }) => {
  const path = join(folder, name)
  writeFileSync(path, content())
  try {
    const { said, frames, bytes, peak } = await readHostile(path, name, { ...readerLimits, computing })
    expect(said).not.toMatch(/\n {4}at |undefined|\[object/)
    expect(said, 'ended by the limit of time').not.toMatch(/时间超出限制/)
    expect(peak / megabyte, 'megabytes at the most').toBeLessThan(256)
    // Whoever started the reader answers others meanwhile: it has next to nothing to do itself.
    expect(frames, 'frames to handle').toBeLessThan(10)
    expect(bytes / megabyte, 'megabytes to handle').toBeLessThan(16)
  } finally {
    rmSync(path)
  }
})

const hungry = hostileFiles.find(({ what }) => what === 'a million columns')!
/** Its row many times: more than a second of computing on any machine. */
const hungryFor = (what: string) => {
  const [header = '', row = ''] = String(hungry.content()).split('\n')
  return what === 'computing' ? `${header}\n${`${row}\n`.repeat(30)}` : hungry.content()
}

test.each([
  ['memory as a whole', { memory: 64 }, '内存'],
  ['memory of objects', { heap: 24 }, '内存'],
  ['computing', { computing: 1 }, '时间'],
  ['silence', { silence: 50 }, '时间'],
])('a reader beyond its limit of %s is ended, with a sentence', async (limited, narrow, what) => {
  const path = join(folder, 'hungry.csv')
  writeFileSync(path, hungryFor(limited))
  const reader = new FileReader({ path, name: hungry.name }, { ...readerLimits, ...narrow })
  await expect(outcomeOf(reader, path, hungry.name)).rejects.toThrow(new RegExp(`^读取这个文件.*${what}.*超出限制`))
  await reader.close()
  expect(() => process.kill(reader.pid!, 0), 'the process').toThrow('ESRCH')
})
