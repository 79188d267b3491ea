import { join } from 'node:path'
import type { Config } from '../../config.ts'
import type { RoomDependencies } from '../../dependencies.ts'
import type { Database } from '../../store/connect.ts'
import { forgetExpired } from '../undo/forget-expired.ts'
import { ImportDesk } from './import-service.ts'

const hour = 3_600_000

/** The server's desk, by the clock of the machine (a demo's may stand still): cleared at its start and once an hour; `close` stops what is running. */
export function openDesk(
  config: Config,
  database: Database,
  logError: (error: unknown) => void,
): RoomDependencies['imports'] & { close: () => Promise<void> } {
  const { access, limit } = config.imports
  const directory = join(config.dataDirectory, 'imports')
  const desk = new ImportDesk(database, { directory, limit, now: () => new Date(), logError })
  const clear = () => {
    desk.sweep().catch(logError)
    database.begin((transaction) => forgetExpired(transaction)).catch(logError)
  }
  clear()
  const clearing = setInterval(clear, hour)
  clearing.unref()
  const close = async () => {
    clearInterval(clearing)
    await desk.close()
  }
  return { access, desk: () => desk, close }
}
