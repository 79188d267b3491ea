import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The folder of this process for files that are being written, which is made when the first one is (`readyFolder`). What
 * processes left beside it that have ended without removing it, is removed: it may hold personal data.
 */
export async function temporaryFolder(dataDirectory: string): Promise<string> {
  const all = join(dataDirectory, 'exports-in-progress')
  const own = join(all, String(process.pid))
  for (const name of await readdir(all).catch(() => []))
    if (name !== String(process.pid) && !isRunning(Number(name)))
      await rm(join(all, name), { recursive: true, force: true })
  return own
}

/** Makes the folder where it is not there; nobody else may read it. */
export async function readyFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
