import { spawnSync } from 'node:child_process'
import type { Identity } from '../../server/store/embedded/identity.ts'

export type Invocation = { program: string; args: string[]; account: { uid?: number; gid?: number } }

/** How a program of PostgreSQL, which refuses to run as root, is run; on Linux it also ends when its parent dies. */
export function withoutRoot(identity: Identity, program: string, args: string[]): Invocation {
  const tie = ['setpriv', '--pdeathsig', 'INT']
  const tied = works([...tie, 'true']) ? [...tie, program, ...args] : [program, ...args]
  const [first = program, ...rest] = identity.kind === 'namespace' ? [...identity.command, ...tied] : tied
  const account = identity.kind === 'account' ? { uid: identity.uid, gid: identity.gid } : {}
  return { program: first, args: rest, account }
}

function works([program = '', ...args]: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
}
