import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readerLimits } from '../../server/imports/read/file-reader.ts'
import { megabyte } from '../lifecycle/hostile-file.ts'
import { hostileFiles, readHostile } from '../lifecycle/hostile-files.ts'
import type { Figure } from './figure.ts'

/** The longest that any of the files made to do harm takes to be read or refused, and the most memory. */
export async function measureHostileFiles(scratch: string): Promise<Figure[]> {
  const runs: { what: string; seconds: number; megabytes: number; said: string }[] = []
  for (const { what, name, content } of hostileFiles) {
    const path = join(scratch, name)
    writeFileSync(path, content())
    const began = performance.now()
    // One after the other: each is measured alone.
    const { peak, said } = await readHostile(path, name, readerLimits)
    runs.push({ what, seconds: (performance.now() - began) / 1000, megabytes: peak / megabyte, said })
    rmSync(path)
  }
  const slowest = runs.reduce((worst, run) => (run.seconds > worst.seconds ? run : worst))
  const largest = runs.reduce((worst, run) => (run.megabytes > worst.megabytes ? run : worst))
  const files = runs.length
  return [
    {
      claim: {
        zh: `${files} 个恶意文件中，读完或拒绝最久的一个所用时间，含启动读取进程`,
        en: `longest time to read or refuse one of ${files} hostile files, with the start of the reader`,
      },
      value: slowest.seconds,
      unit: ' s',
      limit: { atMost: 5 },
      measured: { file: slowest.what, said: slowest.said, files },
    },
    {
      claim: { zh: '其间读取进程的最大内存', en: 'most memory of the reader meanwhile' },
      value: largest.megabytes,
      unit: ' MiB',
      limit: { atMost: 256 },
      measured: { file: largest.what, said: largest.said, files },
    },
  ]
}
