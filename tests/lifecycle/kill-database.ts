import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../server/store/connect.ts'

/**
 * Kills a process of the database that works: the others end with it, and it recovers from its log. A connection that was
 * lost by the kill before is noticed when it is used: `killDatabase` asks again.
 */
export async function killDatabase(database: Database): Promise<void> {
  const [backend] = await whenRecovered(
    () => database<{ pid: number }[]>`
      select pid from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      order by state = 'active' desc, pid desc limit 1`,
  )
  if (backend !== undefined) process.kill(backend.pid, 'SIGKILL')
}

/** The answer, once the database gives one again. */
export async function whenRecovered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch {
      await delay(50)
    }
  }
}
