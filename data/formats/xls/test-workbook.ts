/** A record by its number and its bytes. */
export type TestRecord = readonly [type: number, data: Uint8Array]

/** Little-endian numbers as bytes: two each, or four where marked. */
export function words(...numbers: (number | { long: number })[]): Buffer {
  return Buffer.concat(
    numbers.map((number) => {
      const bytes = Buffer.alloc(typeof number === 'number' ? 2 : 4)
      if (typeof number === 'number') bytes.writeUInt16LE(number)
      else bytes.writeUInt32LE(number.long)
      return bytes
    }),
  )
}

function records(list: readonly TestRecord[]): Buffer {
  return Buffer.concat(list.flatMap(([type, data]) => [words(type, data.length), data]))
}

/**
 * A workbook of one sheet exactly as described, so that tests can make those that no program writes.
 *
 * @param globals records before the list of sheets
 */
export function workbook(
  sheet: readonly TestRecord[],
  { globals = [], version = 0x600, name = '表' }: { globals?: TestRecord[]; version?: number; name?: string } = {},
): Buffer {
  const begin: TestRecord = [0x809, words(version, 5, 0, 0)]
  const end: TestRecord = [0x0a, Buffer.alloc(0)]
  const named =
    version === 0x600 ? [name.length, 1, ...Buffer.from(name, 'utf16le')] : [name.length, ...Buffer.from(name)]
  const list = (at: number): TestRecord => [0x85, Buffer.concat([words({ long: at }, 0), Buffer.from(named)])]
  const head = records([begin, ...globals, list(0), end])
  return Buffer.concat([
    records([begin, ...globals, list(head.length), end]),
    records([[0x809, words(version, 0x10, 0, 0)]]),
    records(sheet),
    records([end]),
  ])
}

/** What a test may change of a compound file before it is closed. */
type Changes = {
  /** Of the table of which sector follows which: the sectors of the stream come first, then directory and table. */
  table?: (next: Uint32Array) => void
  name?: string
}

/** A compound file ([MS-CFB]) with one stream in the root. */
export function compoundFile(stream: Uint8Array, { table, name = 'Workbook' }: Changes = {}): Buffer {
  // The header lists the sectors of the table for some megabytes: larger files have larger sectors.
  const sectorSize = stream.length > 6_000_000 ? 4_096 : 512
  // Below 4,096 bytes a stream lies in small sectors.
  const length = Math.max(4_096, stream.length)
  const sectors = Math.ceil(length / sectorSize)
  const directoryAt = sectors
  const tables = Math.ceil((sectors + 1) / (sectorSize / 4 - 1))
  const next = new Uint32Array((tables * sectorSize) / 4).fill(0xffff_ffff)
  for (let sector = 0; sector < sectors; sector++) next[sector] = sector + 1 === sectors ? 0xffff_fffe : sector + 1
  next[directoryAt] = 0xffff_fffe
  for (let at = 0; at < tables; at++) next[directoryAt + 1 + at] = 0xffff_fffd
  table?.(next)
  const header = Buffer.alloc(sectorSize, 0xff)
  header.fill(0, 0, 76)
  header.writeUInt32BE(0xd0cf_11e0, 0)
  header.writeUInt32BE(0xa1b1_1ae1, 4)
  header.set(sectorSize === 512 ? words(0x3e, 3, 0xfffe, 9, 6) : words(0x3e, 4, 0xfffe, 12, 6), 24)
  header.writeUInt32LE(tables, 44)
  header.writeUInt32LE(directoryAt, 48)
  header.writeUInt32LE(4_096, 56)
  header.writeUInt32LE(0xffff_fffe, 60)
  header.writeUInt32LE(0xffff_fffe, 68)
  for (let at = 0; at < Math.min(109, tables); at++) header.writeUInt32LE(directoryAt + 1 + at, 76 + at * 4)
  const directory = Buffer.alloc(sectorSize)
  directory.set(entry('Root Entry', 5, 1, 0xffff_fffe, 0), 0)
  directory.set(entry(name, 2, 0xffff_ffff, 0, length), 128)
  const content = Buffer.alloc(sectors * sectorSize)
  content.set(stream)
  const numbers = Buffer.alloc(next.length * 4)
  for (const [at, sector] of next.entries()) numbers.writeUInt32LE(sector, at * 4)
  return Buffer.concat([header, content, directory, numbers])
}

function entry(name: string, kind: number, child: number, start: number, size: number): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.write(name, 'utf16le')
  bytes.writeUInt16LE(name.length * 2 + 2, 64)
  bytes.writeUInt8(kind, 66)
  for (const at of [68, 72]) bytes.writeUInt32LE(0xffff_ffff, at)
  bytes.writeUInt32LE(child, 76)
  bytes.writeUInt32LE(start, 116)
  bytes.writeUInt32LE(size, 120)
  return bytes
}
