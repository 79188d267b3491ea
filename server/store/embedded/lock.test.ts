import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { StoreError } from '../database-problem.ts'
import { lockDirectory } from './lock.ts'

test('a directory in which the owner cannot be written is refused in a sentence, and is free afterwards', () => {
  const directory = mkdtempSync(join(tmpdir(), 'minqing-lock-'))
  // In the way of the file, for root as well.
  const inTheWay = join(directory, 'owner.json.new')
  mkdirSync(inTheWay)
  expect(() => lockDirectory(directory, 'start')).toThrow(StoreError)
  expect(() => lockDirectory(directory, 'start')).toThrow(/无法写入/)
  rmSync(inTheWay, { recursive: true })
  const lock = lockDirectory(directory, 'start')
  expect(lock).toBeDefined()
  lock?.release()
  rmSync(directory, { recursive: true })
})
