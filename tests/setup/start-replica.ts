import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseIdentity } from '../../server/store/embedded/identity.ts'
import { installedPostgres } from './installed-programs.ts'
import { type RunningServer, startServer, withoutRoot } from './server-cluster.ts'

export type Replica = {
  /** Of the database that `primaryUrl` names. */
  url: string
  /** Drops everything at once, as a machine that lost its power. */
  kill: () => Promise<void>
  /** Starts it again where it was. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

/** The programs that a replica needs; undefined where PostgreSQL is not installed with them. */
export function replicaPrograms(): string | undefined {
  const bin = installedPostgres()
  return bin !== undefined && existsSync(join(bin, 'pg_basebackup')) ? bin : undefined
}

/** A streaming replica of the cluster, made by pg_basebackup. */
export async function startReplica(bin: string, primaryUrl: string): Promise<Replica> {
  const directory = mkdtempSync(join(tmpdir(), 'minqing-replica-'))
  const data = join(directory, 'data')
  const identity = chooseIdentity(data, { programs: join(bin, 'postgres'), directory })
  if (identity.kind === 'account') chownSync(directory, identity.uid, identity.gid)
  const args = ['--pgdata', data, '--dbname', primaryUrl, '--write-recovery-conf', '--checkpoint=fast', '--no-sync']
  const backup = withoutRoot(identity, join(bin, 'pg_basebackup'), args)
  const options = { ...backup.account, cwd: '/', timeout: 60_000, encoding: 'utf8' } as const
  const made = spawnSync(backup.program, backup.args, options)
  if (made.status !== 0) {
    rmSync(directory, { recursive: true, force: true })
    throw new Error(`pg_basebackup failed: ${made.error?.message ?? made.stderr}`)
  }
  let server: RunningServer = await startServer(bin, directory, identity)
  const url = new URL(primaryUrl)
  url.port = String(server.port)
  return {
    url: url.href,
    kill: () => server.end('SIGQUIT'),
    restart: async () => {
      server = await startServer(bin, directory, identity, server.port)
    },
    stop: () => server.stop(),
  }
}
