import { spawnSync } from 'node:child_process'

export type Invocation = { program: string; args: string[] }

/**
 * How a program that refuses to run as root is run by whoever we are.
 *
 * As root a user namespace gives the program another user's id and root's own files, wherever they lie; where those
 * are forbidden, it runs as the first account of `postgres` and `nobody` that exists, and `owner` says whose the data
 * directory must be. On Linux the program also ends when its parent dies, however that happens.
 */
export function withoutRoot(program: string, args: string[]): Invocation & { owner?: string } {
  const tied = works('setpriv', ['--pdeathsig', 'INT', 'true'])
    ? { program: 'setpriv', args: ['--pdeathsig', 'INT', program, ...args] }
    : { program, args }
  if (process.getuid?.() !== 0) return tied
  const namespace = ['--user', '--map-user=1000', '--map-group=1000']
  if (works('unshare', [...namespace, 'true'])) {
    return { program: 'unshare', args: [...namespace, tied.program, ...tied.args] }
  }
  const owner = ['postgres', 'nobody'].find((account) => works('id', [account]))
  if (owner === undefined) throw new Error('PostgreSQL refuses to run as root, and there is no account to run it as')
  const account = ['--reuid', owner, '--regid', owner, '--clear-groups', '--pdeathsig', 'INT']
  return { program: 'setpriv', args: [...account, program, ...args], owner }
}

function works(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
}
