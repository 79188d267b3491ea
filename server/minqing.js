import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// What `npx -y pnpm@12 minqing` runs: the command line. Compiled code is kept between commands, for the reasons of
// `start.js`; without the compiler that strips types a command takes 17 MB less.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/minqing', import.meta.url)))
await import('./cli.ts')
