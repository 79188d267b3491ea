import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A folder of this process for files that are being written, which nobody else may read. What processes left there that
 * have ended without removing it, is removed: it may hold personal data.
 */
export async function temporaryFolder(dataDirectory: string): Promise<string> {
  const all = join(dataDirectory, 'exports-in-progress')
  const own = join(all, String(process.pid))
  await mkdir(own, { recursive: true, mode: 0o700 })
  for (const name of await readdir(all))
    if (name !== String(process.pid) && !isRunning(Number(name)))
      await rm(join(all, name), { recursive: true, force: true })
  return own
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
