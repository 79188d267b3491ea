import { crc32, deflateRawSync } from 'node:zlib'

/** What an entry of a hand-made archive says of itself, true or not. */
export type ZipEntry = {
  name: string | Uint8Array
  content: string | Uint8Array
  stored?: boolean
  flags?: number
  method?: number
  /** Declared inflated size. */
  size?: number
  crc?: number
  madeBy?: number
  attributes?: number
  /** Where the directory says it lies; with `nothing`, the entry has no bytes of its own. */
  offset?: number
  nothing?: boolean
}

/** Writes an archive exactly as described, so that tests can make the ones that no program writes. */
export function zip(...entries: ZipEntry[]): Buffer {
  const body: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name as string)
    const content = Buffer.from(entry.content as string)
    const packed = entry.stored === true ? content : deflateRawSync(content, { level: 9 })
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(entry.flags ?? 0x800, 2)
    fields.writeUInt16LE(entry.method ?? (entry.stored === true ? 0 : 8), 4)
    fields.writeUInt32LE(entry.crc ?? crc32(content), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(entry.size ?? content.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const made = Buffer.from([0x50, 0x4b, 1, 2, 20, entry.madeBy ?? 0])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(entry.attributes ?? 0, 6)
    rest.writeUInt32LE(entry.offset ?? at, 10)
    directory.push(made, fields, rest, name)
    if (entry.nothing === true) continue
    body.push(Buffer.from('PK\u0003\u0004'), fields, name, packed)
    at += 30 + name.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...body, listed, end])
}
