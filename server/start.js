import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// What `npx -y pnpm@12 start` runs: the server, and before it the build of the web app where that is out of date.
// Compiled code is kept between starts (less than half the time to load it), so everything is imported after this. It is
// JavaScript because the first TypeScript file that is not kept would load the compiler that strips types.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/minqing', import.meta.url)))
const [{ main }, { buildWeb }, { buildReader }] = await Promise.all([
  import('./main.ts'),
  import('./build-web.ts'),
  import('./imports/read/build-reader.ts'),
])
process.exitCode = await main(async (signal, report) => {
  await Promise.all([buildWeb(signal, report), buildReader()])
})
