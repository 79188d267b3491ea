import { setTimeout as delay } from 'node:timers/promises'
import { startProduct, type Product } from '../../setup/start-product.ts'

/** The instant of every browser test: a Saturday afternoon in Shanghai. The demo street ends here. */
export const testTime = new Date('2026-11-21T14:05:32+08:00')

/**
 * The product as `pnpm start` starts it, with a database of its own and the demo street up to `asOf`: that street is
 * copied where a run has made it before (`provide-site.ts`), as after another start of the same product.
 */
export function startSite(asOf: Date, environment: Record<string, string> = {}): Promise<Product> {
  // It may have to build the web app first.
  return startProduct({
    data: asOf === testTime ? process.env['MINQING_E2E_DEMO'] : undefined,
    arguments: ['--as-of', asOf.toISOString()],
    environment: { DATABASE_URL: '', ...environment },
    limit: 240_000,
  })
}

/** Asks the server directly, past the page: what the page shows is compared with this. Again where it is busy. */
export async function ask<Body>(site: string, path: string): Promise<Body> {
  let response = await fetch(new URL(path, site))
  while (response.status === 503) {
    await response.arrayBuffer()
    await delay(Number(response.headers.get('retry-after') ?? 1) * 1000)
    response = await fetch(new URL(path, site))
  }
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}
