import { unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { ZipFile } from './zip-file.ts'

it('holds every file under its Chinese name, as it was', async () => {
  const zip = new ZipFile()
  const files = { '001_目录.pdf': 'a'.repeat(100_000), '002_船厂社区.pdf': 'b' }
  for (const [name, text] of Object.entries(files)) await zip.add(name, new Blob([text]))
  const read = unzipSync(new Uint8Array(await zip.finish().arrayBuffer()))
  const texts = Object.entries(read).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)])
  expect(Object.fromEntries(texts)).toEqual(files)
})
