import { spawnSync } from 'node:child_process'
import { aptInstall, canUseApt } from './apt.ts'
import type { Requirement } from './requirement.ts'

/** GDAL's programs, which read our collections as QGIS does. They are large, so only CI installs them. */
export async function requireGdal(say: (line: string) => void): Promise<Requirement> {
  if (starts()) return { path: 'ogrinfo' }
  if (!canUseApt() || !process.env['CI']) return { missing: 'GDAL is not installed (apt-get install gdal-bin)' }
  say(`No GDAL on this machine: installing Debian's package …`)
  const failed = await aptInstall(['gdal-bin'])
  return starts() ? { path: 'ogrinfo' } : { missing: failed ?? 'GDAL was installed and does not start' }
}

function starts(): boolean {
  return spawnSync('ogrinfo', ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}
