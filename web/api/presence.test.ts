import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isAutomatic, watchInputs } from './presence.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test.each(['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'])(
  'a minute after the last %s the page asks by itself',
  (input) => {
    const page = new EventTarget()
    watchInputs(page)
    page.dispatchEvent(new Event(input))
    expect(isAutomatic()).toBe(false)
    vi.advanceTimersByTime(59_999)
    expect(isAutomatic()).toBe(false)
    vi.advanceTimersByTime(1)
    expect(isAutomatic()).toBe(true)
    page.dispatchEvent(new Event(input))
    expect(isAutomatic()).toBe(false)
  },
)
