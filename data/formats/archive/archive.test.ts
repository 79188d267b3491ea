import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Archive, type ArchiveEntry } from './archive.ts'
import { FileProblem } from '../file-problem.ts'
import { inMemory } from '../test-bytes.ts'
import { zip, type ZipEntry } from './test-zip.ts'

const open = (...entries: ZipEntry[]) => Archive.open(inMemory('包.zip', zip(...entries)))

async function contents(archive: Archive): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const entry of archive.entries) {
    const chunks: Uint8Array[] = []
    for await (const chunk of archive.read(entry)) chunks.push(chunk)
    all[entry.name] = Buffer.concat(chunks).toString()
  }
  return all
}

const zeros = (mebibytes: number) => Buffer.alloc(mebibytes * 2 ** 20)

describe('Archive', () => {
  it('reads packed and stored entries by their names, in any encoding', async () => {
    const gbk = Buffer.from('cdf8b8f12e736870', 'hex')
    const archive = await open(
      { name: '文件/网格.csv', content: '编码\n1\n' },
      { name: gbk, content: 'x', flags: 0, stored: true },
      { name: '空', content: '' },
      { name: '文件/', content: '', stored: true },
      { name: '__MACOSX/._网格.csv', content: 'junk' },
    )
    expect(await contents(archive)).toEqual({ '文件/网格.csv': '编码\n1\n', '网格.shp': 'x', 空: '' })
    expect(archive.find('文件/网格.CSV')?.size).toBe(9)
    expect(archive.find('别的')).toBeNull()
  })

  it('takes the slashes of Windows for what they are', async () => {
    const archive = await open({ name: '数据\\网格.shp', content: 'x', flags: 0x800 })
    expect(archive.find('数据/网格.shp')?.size).toBe(1)
  })

  it.each<[string, ZipEntry[], RegExp]>([
    ['a path up', [{ name: '../../etc/passwd', content: 'x' }], /压缩包之外/],
    ['a path up inside', [{ name: 'a/../../b', content: 'x' }], /压缩包之外/],
    ['an absolute path', [{ name: '/etc/passwd', content: 'x' }], /压缩包之外/],
    ['a drive', [{ name: 'C:x', content: 'x' }], /压缩包之外/],
    ['backslashes', [{ name: '..\\x', content: 'x' }], /压缩包之外/],
    ['a NUL in a name', [{ name: 'a\0.csv', content: 'x' }], /压缩包之外/],
    ['a link', [{ name: 'x', content: '/etc/passwd', madeBy: 3, attributes: 0o120777 * 65_536 }], /压缩包之外/],
    ['a password', [{ name: 'x', content: 'x', flags: 1 }], /密码/],
    ['a strong password', [{ name: 'x', content: 'x', flags: 0x41 }], /损坏|密码/],
    ['another method', [{ name: 'x', content: 'x', method: 14 }], /压缩方式/],
    [
      'two of one name',
      [
        { name: 'x', content: 'a' },
        { name: 'x', content: 'b' },
      ],
      /损坏/,
    ],
    [
      'shared bytes',
      [
        { name: 'x', content: 'abc' },
        { name: 'y', content: 'abc', offset: 0, nothing: true },
      ],
      /共用/,
    ],
    [
      'bytes inside others',
      [
        { name: 'x', content: zeros(1) },
        { name: 'y', content: '', offset: 40, nothing: true },
      ],
      /共用/,
    ],
  ])('refuses %s', async (_, entries, sentence) => {
    await expect(open(...entries)).rejects.toThrow(sentence)
    await expect(open(...entries)).rejects.toThrow(FileProblem)
  })

  it('refuses more entries than a data file has', async () => {
    const many = Array.from({ length: 10_001 }, (_, i) => ({ name: `f${i}`, content: '', stored: true }))
    await expect(open(...many)).rejects.toThrow('10001')
  })

  it('refuses a bomb before it is unpacked, and one that hides its size at the first byte too many', async () => {
    const bomb = await open({ name: 'x', content: zeros(100) })
    const hidden = await open({ name: 'x', content: zeros(100), size: 1000 })

    for (const [archive, sentence] of [
      [bomb, /炸弹/],
      [hidden, /损坏/],
    ] as const) {
      let read = 0
      const unpack = async () => {
        for (const entry of archive.entries) for await (const chunk of archive.read(entry)) read += chunk.length
      }
      await expect(unpack()).rejects.toThrow(sentence)
      expect(read).toBe(0)
    }
  })

  it('refuses more than two gibibytes, of which an entry that is read again counts once', async () => {
    const content = randomBytes(8 * 2 ** 20)
    const entry = { content, size: 1.5 * 2 ** 30 }
    const archive = await open({ name: '一', ...entry }, { name: '二', ...entry })
    const [first, second] = archive.entries
    const begin = async (one: ArchiveEntry | undefined) => {
      for await (const chunk of archive.read(one!)) return chunk.length > 0
      return false
    }
    expect([await begin(first), await begin(first)]).toEqual([true, true])
    await expect(begin(second)).rejects.toThrow(/超过 2 GiB/)
    await expect(begin(second)).rejects.toThrow(/超过 2 GiB/)
  })

  it('takes no declared size for granted', async () => {
    const lies: Partial<ZipEntry>[] = [{ size: 7 }, { size: 2 ** 23 }, { size: 1 }, { crc: 1 }]
    for (const lie of lies) {
      const archive = await open({ name: 'x', content: 'abcdef', ...lie })
      await expect(contents(archive)).rejects.toThrow(/损坏/)
    }
  })

  it('says that a cut or overwritten archive is damaged', async () => {
    const whole = zip({ name: 'a', content: '甲'.repeat(5000) }, { name: 'b', content: '乙' })
    for (let end = 0; end < whole.length; end += 7)
      await expect(Archive.open(inMemory('包.zip', whole.subarray(0, end)))).rejects.toThrow(/损坏或不完整/)
    const broken = Buffer.from(whole)
    broken.fill(0xff, 35, 45)
    await expect(contents(await Archive.open(inMemory('包.zip', broken)))).rejects.toThrow(/损坏或不完整/)
  })

  it('lets an error of the disk go on up', async () => {
    const bytes = {
      ...inMemory('包.zip', zip({ name: 'a', content: 'x' })),
      read: () => Promise.reject(Object.assign(new Error('EIO'), { syscall: 'read' })),
    }
    await expect(Archive.open(bytes)).rejects.toThrow('EIO')
  })
})
