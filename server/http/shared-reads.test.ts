import { expect, test } from 'vitest'
import { SharedReads } from './shared-reads.ts'

/** Reads that end when the test ends them, each with its number. */
function controlled() {
  const begun: { end: () => void; fail: () => void }[] = []
  const make = () =>
    new Promise<number>((resolve, reject) => {
      const number = begun.length
      begun.push({ end: () => resolve(number), fail: () => reject(new Error('failed')) })
    })
  return { begun, make }
}

test('who asks while something is read shares the read after it', async () => {
  const reads = new SharedReads<number>()
  const { begun, make } = controlled()
  const asked = [reads.read('a', make), reads.read('a', make), reads.read('a', make)]
  expect(begun).toHaveLength(1)
  begun[0]?.end()
  await expect.poll(() => begun.length).toBe(2)
  // Also who asks while that one is read: its answer may be older than the question.
  asked.push(reads.read('a', make))
  begun[1]?.end()
  await expect.poll(() => begun.length).toBe(3)
  begun[2]?.end()
  expect(await Promise.all(asked)).toEqual([0, 1, 1, 2])
  const later = reads.read('a', make)
  expect(begun).toHaveLength(4)
  begun[3]?.end()
  expect(await later).toBe(3)
})

test('a read that fails fails for those who share it, and not for those after it', async () => {
  const reads = new SharedReads<number>()
  const { begun, make } = controlled()
  const asked = [reads.read('a', make), reads.read('a', make), reads.read('a', make)]
  begun[0]?.fail()
  await expect(asked[0]).rejects.toThrow('failed')
  await expect.poll(() => begun.length).toBe(2)
  begun[1]?.end()
  expect(await Promise.all(asked.slice(1))).toEqual([1, 1])
})

test('different things are read beside each other', async () => {
  const reads = new SharedReads<number>()
  const { begun, make } = controlled()
  const asked = [reads.read('a', make), reads.read('b', make)]
  expect(begun).toHaveLength(2)
  for (const { end } of begun) end()
  expect(await Promise.all(asked)).toEqual([0, 1])
})
