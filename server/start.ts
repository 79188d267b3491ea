import { buildWeb } from './build-web.ts'
import { main } from './main.ts'

// What `npx -y pnpm@12 start` runs: the server, and before it the build of the web app where that is out of date.
process.exitCode = await main(buildWeb)
