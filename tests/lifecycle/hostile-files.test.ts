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
    // Whoever started the reader answers others meanwhile: it has next to nothing to do itself. The first 20 rejected
    // rows come one by one, the text of all of them in packets of 65,536 characters.
    expect(frames, 'frames to handle').toBeLessThan(30 + bytes / 65_536)
    expect(bytes / megabyte, 'megabytes to handle').toBeLessThan(16)
  } finally {
    rmSync(path)
  }
})

/** Two million positions in 12 MB: many times the heap, whatever is made of them. */
const corners = {
  name: 'corners.geojson',
  content: () =>
    `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[${'[1,2],'.repeat(2_000_000)}[1,2]]}}]}`,
}
/** More than a second of computing on any machine. */
const rows = { name: 'rows.csv', content: () => `编号,经度,纬度\n${'1,114.3,30.6\n'.repeat(1_000_000)}` }

test.each([
  ['memory as a whole', { memory: 64 }, '内存'],
  ['memory of objects', { heap: 24 }, '内存'],
  ['computing', { computing: 1 }, '时间'],
  ['silence', { silence: 50 }, '时间'],
])('a reader beyond its limit of %s is ended, with a sentence', async (limited, narrow, what) => {
  const hungry = limited === 'computing' ? rows : corners
  const path = join(folder, hungry.name)
  writeFileSync(path, hungry.content())
  const reader = new FileReader({ path, name: hungry.name }, { ...readerLimits, ...narrow })
  await expect(outcomeOf(reader, path, hungry.name)).rejects.toThrow(new RegExp(`^读取这个文件.*${what}.*超出限制`))
  await reader.close()
  expect(() => process.kill(reader.pid!, 0), 'the process').toThrow('ESRCH')
})
