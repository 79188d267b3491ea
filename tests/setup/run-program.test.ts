import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { leftRunning } from './run-program.ts'

test.runIf(process.platform === 'linux')('finds a process by its environment until it has ended', async () => {
  const mark = `left-running-${process.pid}-${Date.now()}`
  const child = spawn('sleep', ['60'], { env: { ...process.env, MINQING_TEST_RUN: mark } })
  await once(child, 'spawn')
  expect(leftRunning(mark).map(({ pid }) => pid)).toEqual([child.pid])
  child.kill()
  await once(child, 'exit')
  expect(leftRunning(mark)).toEqual([])
})
