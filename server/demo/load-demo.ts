import { connect } from '../store/connect.ts'
import { migrate } from '../store/migrate.ts'
import { ensureDemo } from './ensure-demo.ts'

/** `DATABASE_URL=… node server/demo/load-demo.ts [moment]`: the demo street into any migrated or empty database. */
const url = process.env.DATABASE_URL
if (url === undefined) throw new Error('DATABASE_URL is not set')
const database = connect({ url })
const begun = performance.now()
await migrate(database)
const outcome = await ensureDemo(database, {
  asOf: process.argv[2] === undefined ? new Date() : new Date(process.argv[2]),
  report: (line) => process.stderr.write(`${line}\n`),
})
process.stdout.write(`${JSON.stringify(outcome)} ${Math.round(performance.now() - begun)} ms\n`)
await database.end()
