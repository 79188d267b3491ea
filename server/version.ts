import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from './config.ts'

/** Version of the product, from the root's `package.json`. */
export function productVersion(): string {
  const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}
