import { existsSync } from 'node:fs'
import { runProgram } from './run-program.ts'

let listsAreFresh = false

/** Whether this machine lets us install Debian's packages. */
export function canUseApt(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Installs packages of Debian; returns undefined when it went well, else why not. */
export async function aptInstall(packages: string[]): Promise<string | undefined> {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  // A mirror that stops answering is given up after 20 s; only one that keeps sending may take longer.
  const patience = ['Acquire::http::Timeout=20', 'Acquire::https::Timeout=20', 'Acquire::Retries=1']
  const options = ['-qq', ...[...patience, 'DPkg::Lock::Timeout=60'].flatMap((option) => ['-o', option])]
  if (!listsAreFresh) {
    const failed = await runProgram('apt-get', [...options, 'update'], { limit: 120_000, environment })
    if (failed !== undefined) return `apt-get update ${failed}`
    listsAreFresh = true
  }
  const install = [...options, 'install', '-y', '--no-install-recommends', ...packages]
  const failed = await runProgram('apt-get', install, { limit: 300_000, environment })
  return failed === undefined ? undefined : `apt-get install ${packages.join(' ')} ${failed}`
}
