import { systemActor } from '../access/actor.ts'
import { workerData } from 'node:worker_threads'
import { connect } from '../store/connect.ts'
import type { CarryOn } from './carry-on-beside.ts'
import { ensureDemo } from './ensure-demo.ts'

const { databaseUrl, asOf } = workerData as CarryOn
const database = connect({ url: databaseUrl, poolSize: 1 })
await ensureDemo(database, systemActor, { asOf: new Date(asOf) })
await database.end()
