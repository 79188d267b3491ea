import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Bytes } from '@minqing/data/formats/source-row'

/**
 * A file on disk, as the readers want it.
 *
 * @param name what it is called, where that is not the name it lies under
 * @throws FileProblem when it is not there or is no file.
 */
export async function fileBytes(path: string, name = basename(path)): Promise<Bytes> {
  const found = await stat(path).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new FileProblem(
        `没有找到文件“${name}”。请检查路径和文件名`,
        `There is no file “${name}”. Check the path and the name`,
        { cause },
      )
    throw new FileProblem(
      `打不开文件“${name}”。请检查是否有读取它的权限`,
      `“${name}” cannot be opened. Check that you may read it`,
      { cause },
    )
  })
  if (!found.isFile()) throw new FileProblem(`“${name}”不是文件`, `“${name}” is not a file`)
  return {
    name,
    size: found.size,
    path,
    open: () => createReadStream(path, { highWaterMark: 262_144 }),
    // Opened for each part, so that nothing has to be closed by whoever stops reading.
    read: async (offset, length) => {
      await using file = await open(path)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    },
  }
}

/** A file that reports how much of it has been read since it was last opened. */
export function watchedBytes(bytes: Bytes, onRead: (read: number) => void): Bytes {
  let read = 0
  const add = (count: number) => {
    read += count
    onRead(Math.min(read, bytes.size))
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
