import { spawnSync } from 'node:child_process'
import { lstatSync, readFileSync, statSync } from 'node:fs'
import { StoreError } from '../database-problem.ts'

/**
 * Whom PostgreSQL runs as; it refuses to run as root.
 *
 * - `self`: whoever we are, where that is not root.
 * - `namespace`: as root, in a user namespace that shows root's own files as another user's. Nothing is created, and it
 *   works wherever root's clone lies.
 * - `account`: as root where namespaces are forbidden: another account, which may be unable to enter our directory.
 */
export type Identity =
  | { kind: 'self' }
  | { kind: 'namespace'; command: string[] }
  | { kind: 'account'; uid: number; gid: number }

/** @param reach paths that PostgreSQL must be able to read and write. */
export function chooseIdentity(
  cluster: string,
  reach: { programs: string; directory: string },
  allowNamespace = true,
): Identity {
  if (process.getuid?.() !== 0) return { kind: 'self' }
  const owner = ownerOf(cluster)
  if (owner !== undefined && owner.uid !== 0) return { kind: 'account', ...owner }
  const command = namespaceCommand()
  if (allowNamespace && works([...command, 'test', '-x', reach.programs, '-a', '-w', reach.directory])) {
    return { kind: 'namespace', command }
  }
  if (owner !== undefined) {
    throw new StoreError(
      `数据库 ${cluster} 属于 root，而本机禁止用户命名空间，无法以 root 启动 PostgreSQL；请 chown 给普通用户后用该用户启动`,
      `The database ${cluster} belongs to root, and PostgreSQL refuses to run as root where user namespaces are forbidden: chown the clone to a plain user and start as that user`,
    )
  }
  return { kind: 'account', ...serviceAccount() }
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  const status = statSync(path, { throwIfNoEntry: false })
  return status && { uid: status.uid, gid: status.gid }
}

/** The id must have a name (initdb asks for it), so it is the first account of the system that is not root. */
function namespaceCommand(): string[] {
  const uid = accounts().find((account) => account.uid !== 0)?.uid ?? 65_534
  return ['unshare', '--user', `--map-user=${uid}`, `--map-group=${uid}`]
}

function accounts(): { name: string; uid: number; gid: number }[] {
  if (lstatSync('/etc/passwd', { throwIfNoEntry: false }) === undefined) return []
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

/** An account that serves databases alone: Debian's `postgres`, or a `minqing` made for it. */
function serviceAccount(): { uid: number; gid: number } {
  const find = () => accounts().find(({ name }) => name === 'minqing' || name === 'postgres')
  const makers = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'minqing'],
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', 'minqing'],
  ]
  const found = find() ?? (makers.some(works) ? find() : undefined)
  if (found === undefined) {
    throw new StoreError(
      'PostgreSQL 不能以 root 运行，且无法创建专用用户 minqing；请用普通用户启动，或设置 DATABASE_URL',
      'PostgreSQL refuses to run as root, and no account “minqing” could be made for it: start as a plain user or set DATABASE_URL',
    )
  }
  return { uid: found.uid, gid: found.gid }
}

function works([program = '', ...args]: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
}
