import type { Bytes } from '@minqing/data/formats/source-row'

/** A file that tells how much of it has been read since it was last opened. */
export function watchedBytes(bytes: Bytes, told: (read: number) => void): Bytes {
  let read = 0
  const add = (count: number) => {
    read += count
    told(Math.min(read, bytes.size))
  }
  return {
    ...bytes,
    open: async function* () {
      read = 0
      for await (const chunk of bytes.open()) {
        add(chunk.length)
        yield chunk
      }
    },
    read: async (offset, length) => {
      const part = await bytes.read(offset, length)
      add(part.length)
      return part
    },
  }
}
