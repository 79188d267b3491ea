import { fire, startBareServer } from './fire.ts'
import { median, type Figure } from './figure.ts'

const rounds = 7

/**
 * Requests a second of a kept answer against a bare `node:http` server that sends the same bytes. Rounds of the two
 * alternate, so that whatever else the machine does meets both.
 */
export async function measureCachedAnswer(url: string, scratch: string, claim: Figure['claim']): Promise<Figure> {
  const bare = await startBareServer(url, scratch)
  try {
    for (const warm of [url, bare.url]) fire(warm, { seconds: 1 })
    const pairs = Array.from({ length: rounds }, () => ({ ours: fire(url), bare: fire(bare.url) }))
    return {
      claim,
      value: median(pairs.map(({ ours, bare: raw }) => ours / raw)),
      unit: ' ×',
      limit: { atLeast: 0.6 },
      measured: {
        'our requests/s': Math.round(median(pairs.map(({ ours }) => ours))),
        'bare requests/s': Math.round(median(pairs.map(({ bare: raw }) => raw))),
        'bytes each': bare.bytes,
        rounds,
      },
    }
  } finally {
    await bare.stop()
  }
}
