import { afterEach, describe, expect, it, vi } from 'vitest'
import { entryScriptOf, isNewRelease } from './release.ts'

const page = (name: string) =>
  `<!doctype html><head><script type="module" crossorigin src="/assets/${name}.js"></script></head>`
const signal = new AbortController().signal

afterEach(() => vi.unstubAllGlobals())

describe('a new release', () => {
  it('is known by the entry script of the page', () => {
    expect(entryScriptOf(page('index-abc'))).toBe('/assets/index-abc.js')
    expect(entryScriptOf('<p>maintenance</p>')).toBeNull()
  })

  it('is another entry script than the running one', async () => {
    vi.stubGlobal('fetch', async () => new Response(page('index-new')))
    expect(await isNewRelease('/assets/index-old.js', signal)).toBe(true)
    expect(await isNewRelease('/assets/index-new.js', signal)).toBe(false)
    expect(await isNewRelease(null, signal)).toBe(false)
  })

  it('is never assumed while the server is away, failing or replaced by a notice', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
    expect(await isNewRelease('/assets/index-old.js', signal)).toBe(false)
    vi.stubGlobal('fetch', async () => new Response('down', { status: 503 }))
    expect(await isNewRelease('/assets/index-old.js', signal)).toBe(false)
    vi.stubGlobal('fetch', async () => new Response('<p>maintenance</p>'))
    expect(await isNewRelease('/assets/index-old.js', signal)).toBe(false)
  })
})
