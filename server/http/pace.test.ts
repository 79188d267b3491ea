import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pace, readAtPace, writeAtPace } from './pace.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const rate = { least: 1000, behind: 500 }
const never = new Promise<never>(() => {})

async function* of(count: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield Buffer.alloc(100)
}

test('whoever falls behind for longer than is allowed is late', async () => {
  const pace = new Pace(rate)
  const first = pace.wait(never)
  await vi.advanceTimersByTimeAsync(500)
  expect(await first).toBe('late')
})

test('bytes earn the time that they may take, and no more than the other side may be behind', async () => {
  const pace = new Pace(rate)
  const soon = pace.wait(new Promise<string>((resolve) => setTimeout(resolve, 400, 'come')))
  await vi.advanceTimersByTimeAsync(400)
  expect(await soon).toBe('come')
  pace.moved(100)
  const second = pace.wait(never)
  await vi.advanceTimersByTimeAsync(199)
  let late = false
  void second.then(() => (late = true))
  await vi.advanceTimersByTimeAsync(0)
  expect(late).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await second).toBe('late')
  pace.moved(1_000_000)
  const third = pace.wait(never)
  await vi.advanceTimersByTimeAsync(500)
  expect(await third).toBe('late')
})

test('a reader who takes nothing ends the sending, and the source is closed', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  let closed = false
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.alloc(1000)
    } finally {
      closed = true
    }
  }
  const sending = writeAtPace(writable.getWriter(), endless(), rate)
  sending.catch(() => {})
  await vi.advanceTimersByTimeAsync(2000)
  await expect(sending).rejects.toThrow('too slowly')
  expect(closed).toBe(true)
  await readable.cancel()
})

test('a sender who sends nothing is refused, one who sends is read to the end', async () => {
  const read: number[] = []
  for await (const piece of readAtPace(of(3), rate)) read.push(piece.length)
  expect(read).toEqual([100, 100, 100])
  async function* halting(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(1)
    await never
  }
  const reading = (async () => {
    for await (const piece of readAtPace(halting(), rate)) read.push(piece.length)
  })()
  reading.catch(() => {})
  await vi.advanceTimersByTimeAsync(2000)
  await expect(reading).rejects.toMatchObject({ code: 'too_slow' })
  expect(read).toEqual([100, 100, 100, 1])
})
