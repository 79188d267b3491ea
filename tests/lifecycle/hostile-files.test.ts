import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileProblem } from '@minqing/data/formats/file-problem'
import { afterAll, expect, test } from 'vitest'
import { FileReader } from '../../server/imports/read-file.ts'
import { hostileFiles } from './hostile-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'minqing-hostile-'))
afterAll(() => rmSync(folder, { recursive: true }))

const megabyte = 1024 * 1024

/** Seconds that a process has computed. */
function computed(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

async function read(reader: FileReader, path: string, name: string): Promise<string> {
  const request = { collection: name.endsWith('json') ? 'grids' : 'incidents', street: '420102012' } as const
  await reader.order({ kind: 'check', file: { path, name }, request })
  await reader.order({ kind: 'begin' })
  for (;;) {
    const said = await reader.next()
    if (said.kind === 'checked') return `read ${said.checked.read}, rejected ${said.checked.rejected}`
  }
}

test.each(hostileFiles)('$what: refused with a sentence or read, within the limits', async ({ name, content }) => {
  const path = join(folder, name)
  writeFileSync(path, content())
  const reader = new FileReader({ path, name })
  const ours = process.cpuUsage()
  let spent = 0
  const look = setInterval(() => (spent = Math.max(spent, computed(reader.pid))), 50)
  try {
    const outcome = await read(reader, path, name).catch((error: unknown) => error)
    spent = Math.max(spent, computed(reader.pid))
    // A fault of ours would be another error, a crash one with the child's last words.
    if (typeof outcome !== 'string' && !(outcome instanceof FileProblem)) throw outcome
    const said = typeof outcome === 'string' ? outcome : outcome.label.zh
    expect(said).not.toMatch(/\n {4}at |undefined|\[object/)
    expect(reader.peak / megabyte, 'megabytes at the most').toBeLessThan(256)
    // Computing time: another program on the machine does not count.
    expect(spent, 'seconds of computing').toBeLessThan(5)
    // Whoever started the reader answers others meanwhile: it has next to nothing to do itself.
    const { user, system } = process.cpuUsage(ours)
    expect((user + system) / 1e6, 'seconds that we computed ourselves').toBeLessThan(0.5)
  } finally {
    clearInterval(look)
    await reader.close()
    rmSync(path)
  }
})
