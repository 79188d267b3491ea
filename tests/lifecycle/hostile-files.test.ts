import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileProblem } from '@minqing/data/formats/file-problem'
import { afterAll, expect, test } from 'vitest'
import { FileReader, readerLimits } from '../../server/imports/read/file-reader.ts'
import { hostileFiles } from './hostile-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'minqing-hostile-'))
afterAll(() => rmSync(folder, { recursive: true }))

const megabyte = 1024 * 1024

/** Seconds of computing, limited by the kernel: many times what any of these files needs; only a hang takes longer. */
const computing = 60

/** What the child said, and how much of it there was for whoever started it to handle. */
type Outcome = { said: string; frames: number; bytes: number }

async function read(reader: FileReader, path: string, name: string): Promise<Outcome> {
  const request = { collection: name.endsWith('json') ? 'grids' : 'incidents', street: '420102012' } as const
  await reader.order({ kind: 'check', file: { path, name }, request })
  await reader.order({ kind: 'begin' })
  let bytes = 0
  for (let frames = 1; ; frames++) {
    const frame = await reader.next()
    bytes += 'body' in frame ? frame.body.length : JSON.stringify(frame).length
    if (frame.kind === 'checked')
      return { said: `read ${frame.checked.read}, rejected ${frame.checked.rejected}`, frames, bytes }
  }
}

test.each(hostileFiles)('$what: refused with a sentence or read, within the limits', async ({ name, content }) => {
  const path = join(folder, name)
  writeFileSync(path, content())
  const reader = new FileReader({ path, name }, { ...readerLimits, computing })
  try {
    const { said, frames, bytes } = await read(reader, path, name).catch((error: unknown): Outcome => {
      // A fault of ours would be another error, a crash one with the child's last words.
      if (!(error instanceof FileProblem)) throw error
      return { said: error.label.zh, frames: 0, bytes: 0 }
    })
    expect(said).not.toMatch(/\n {4}at |undefined|\[object/)
    expect(said, 'ended by the limit of time').not.toMatch(/时间超出限制/)
    expect(reader.peak / megabyte, 'megabytes at the most').toBeLessThan(256)
    // Whoever started the reader answers others meanwhile: it has next to nothing to do itself.
    expect(frames, 'frames to handle').toBeLessThan(10)
    expect(bytes / megabyte, 'megabytes to handle').toBeLessThan(16)
  } finally {
    await reader.close()
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
  await expect(read(reader, path, hungry.name)).rejects.toThrow(new RegExp(`^读取这个文件.*${what}.*超出限制`))
  await reader.close()
  expect(() => process.kill(reader.pid!, 0), 'the process').toThrow('ESRCH')
})
