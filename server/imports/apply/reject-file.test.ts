import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { RejectFile } from './reject-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'minqing-rejects-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('is created with its first row, readable by its owner alone, and emptied on restart', async () => {
  const file = new RejectFile(join(folder, 'rejects'))
  expect(file.written).toBe(false)
  await file.append(Buffer.from('甲\n'))
  await file.append(Buffer.from('乙\n'))
  expect(statSync(file.path).mode & 0o777).toBe(0o600)
  await file.restart()
  expect(file.written).toBe(false)
  await file.append(Buffer.from('丙\n'))
  await file.close()
  expect([file.written, readFileSync(file.path, 'utf8')]).toEqual([true, '丙\n'])
})

it('fails where it is written, so that a full disk ends the import and not the server', async () => {
  const gone = new RejectFile(join(folder, 'no such folder', 'rejects'))
  await expect(gone.append(Buffer.from('甲\n'))).rejects.toThrow('ENOENT')
  await gone.close()
})
