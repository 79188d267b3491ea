import { createServer } from 'node:http'
import { createApp } from './app.ts'
import { Answers } from './http/answers.ts'
import { createListener } from './http/listener.ts'
import { connect } from './store/connect.ts'
import { listenToCollections } from './store/listen.ts'
import { migrate } from './store/migrate.ts'

const database = connect({ url: process.env.DATABASE_URL ?? 'postgres://dev@127.0.0.1:55432/demo' })
await migrate(database)
const answers = new Answers()
await listenToCollections(database, (collection) => answers.drop(collection))
const app = createApp({
  database,
  now: () => new Date(),
  version: '0.1.0',
  answers,
  logError: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
})
createServer(createListener(app.fetch, answers)).listen(Number(process.env.PORT ?? 8830), '127.0.0.1')
