import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** A process and the parent it had when we started. */
type Link = { pid: number; parent: number }

/**
 * The chain of package managers and their shells above this process, as in `npm exec` → `sh -c` → `pnpm` → `sh -c` → us.
 * It ends below whatever has called the first of them: that may go (a shell that was closed on a background job) without
 * meaning us.
 *
 * @returns true while the chain stands. An `npx` that gets a signal ends without passing it to `pnpm`, and leaves us behind.
 */
export function watchLauncher(): () => boolean {
  const links: Link[] = []
  let pid = process.pid
  for (;;) {
    const parent = parentOf(pid)
    if (parent === undefined) break
    const grandparent = isShell(parent) ? parentOf(parent) : undefined
    if (isPackageManager(parent)) {
      links.push({ pid, parent })
      pid = parent
    } else if (grandparent !== undefined && isPackageManager(grandparent)) {
      links.push({ pid, parent }, { pid: parent, parent: grandparent })
      pid = grandparent
    } else break
  }
  return () => links.every(({ pid, parent }) => parentOf(pid) === parent)
}

/** Undefined for a process that is gone, or where there is no `/proc`: there only our own parent is known. */
function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid
  // The second field is the name in parentheses, which may hold anything; the state and the parent follow it.
  const [, parent] = read(pid, 'stat')?.split(') ').at(-1)?.split(' ') ?? []
  return parent === undefined ? undefined : Number(parent)
}

function isPackageManager(pid: number): boolean {
  const [program = '', script = ''] = commandOf(pid)
  const names = [program, basename(program) === 'node' ? script : '']
  return names.some((name) => /^(npm|npx|pnpm|pnpx)\b/.test(basename(name)))
}

function isShell(pid: number): boolean {
  const [program = '', option] = commandOf(pid)
  return /^(sh|dash|bash|ash|busybox)$/.test(basename(program)) && option === '-c'
}

/** npm replaces its arguments by one title (`npm exec pnpm@12 start`), so that words count as arguments, too. */
function commandOf(pid: number): string[] {
  const text = read(pid, 'cmdline') ?? ''
  const args = text.split('\0').filter((argument) => argument !== '')
  return args.length === 1 ? text.replaceAll('\0', '').split(' ') : args
}

function read(pid: number, name: 'stat' | 'cmdline'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return undefined
  }
}
