import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type AskingClient, asClient } from './asking-client.ts'
import { Slots } from './slots.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const client = (address?: string, gone = new AbortController().signal): AskingClient => ({ address, gone })
const busy = { code: 'busy' }

test('a slot is for one; whoever comes later waits in the order of coming', async () => {
  const slots = new Slots({ slots: 1, queue: 2, wait: 1000 })
  const release = await slots.take()
  const order: number[] = []
  const waiting = [1, 2].map((number) => slots.take().then((free) => (order.push(number), free)))
  release()
  ;(await waiting[0]!)()
  ;(await waiting[1]!)()
  expect(order).toEqual([1, 2])
  expect(slots.load).toEqual({ taken: 0, waiting: 0 })
})

test('whoever waits is refused after a while, and whoever finds too many waiting gets none', async () => {
  const slots = new Slots({ slots: 1, queue: 1, wait: 1000 })
  const release = await slots.take()
  const waiting = slots.take()
  waiting.catch(() => {})
  const late = slots.take()
  late.catch(() => {})
  await vi.advanceTimersByTimeAsync(999)
  expect(slots.load).toEqual({ taken: 1, waiting: 1 })
  await vi.advanceTimersByTimeAsync(1)
  await expect(waiting).rejects.toMatchObject(busy)
  await expect(late).rejects.toMatchObject(busy)
  release()
  release()
  expect(slots.load).toEqual({ taken: 0, waiting: 0 })
})

test('what a closed connection waits for is cancelled, and what it would begin is not begun', async () => {
  const slots = new Slots({ slots: 1, queue: 5, wait: 1000 })
  const release = await slots.take()
  const leaving = new AbortController()
  const waiting = asClient(client('a', leaving.signal), () => slots.take())
  waiting.catch(() => {})
  leaving.abort()
  await expect(waiting).rejects.toMatchObject(busy)
  expect(slots.load.waiting).toBe(0)
  release()
  await expect(asClient(client('a', leaving.signal), () => slots.take())).rejects.toMatchObject(busy)
  expect(slots.load.taken).toBe(0)
})

test('one client has no more than its share of slots and queue, and others come before it', async () => {
  const slots = new Slots({ slots: 3, perClient: 2, queue: 4, wait: 1000 })
  const take = (address?: string) => asClient(client(address), () => slots.take())
  const held = [await take('flood'), await take('flood')]
  const more = [take('flood'), take('flood')]
  for (const each of more) each.catch(() => {})
  const beyond = take('flood')
  beyond.catch(() => {})
  const other = await take('other')
  const late = take('third')
  expect(slots.load).toEqual({ taken: 3, waiting: 3 })
  // `flood` came first, and holds one already.
  held[0]!()
  const free = await late
  expect(slots.load).toEqual({ taken: 3, waiting: 2 })
  other()
  await more[0]
  free()
  expect(slots.load).toEqual({ taken: 2, waiting: 1 })
  await vi.advanceTimersByTimeAsync(1000)
  await expect(beyond).rejects.toMatchObject(busy)
})

test('clients that cannot be told apart share everything', async () => {
  const slots = new Slots({ slots: 3, perClient: 1, queue: 4, wait: 1000 })
  const take = () => asClient(client(), () => slots.take())
  await Promise.all([take(), take(), take()])
  expect(slots.load.taken).toBe(3)
})
