import { isUtf8 } from 'node:buffer'
import { getFileNameLowLevel, type Entry } from 'yauzl'
import { FileProblem } from '../file-problem.ts'

/**
 * An entry's name: marked as UTF-8, or valid as it, or in the encoding of Chinese Windows; with the slashes that the
 * format asks for, where a program of Windows has written its own.
 */
export function entryName(entry: Entry): string {
  return decodedName(entry).replaceAll('\\', '/')
}

function decodedName(entry: Entry): string {
  const raw = entry.fileNameRaw
  if (entry.extraFields.some(({ id }) => id === unicodePath) || isUtf8(raw))
    return getFileNameLowLevel(entry.generalPurposeBitFlag | utf8Flag, raw, entry.extraFields, true)
  return new TextDecoder('gb18030').decode(raw)
}

const unicodePath = 0x7075
const utf8Flag = 0x800

/** @throws FileProblem when an archive has what was made to harm, or what nobody can read without its password */
export function refuseEntries(entries: ReadonlyMap<string, Entry>, archive: string): void {
  for (const [name, entry] of entries) {
    if (leadsOut(name) || isLink(entry))
      throw new FileProblem(
        `“${archive}”里的“${shown(name)}”指向压缩包之外，已拒绝读取。请重新打包，只放数据文件`,
        `“${shown(name)}” in “${archive}” leads out of the archive, which is refused. Pack it anew, with the data files only`,
      )
    if (entry.isEncrypted())
      throw new FileProblem(
        `“${archive}”加了密码，无法读取。请解压后重新打包，不设密码`,
        `“${archive}” has a password. Unpack it and pack it anew without one`,
      )
    if (!entry.canDecodeFileData())
      throw new FileProblem(
        `“${archive}”用了少见的压缩方式，无法读取。请用普通的 zip 方式重新打包`,
        `“${archive}” is packed by a rare method. Pack it anew as an ordinary zip`,
      )
  }
  if (overlapping([...entries.values()]))
    throw new FileProblem(
      `“${archive}”里的几个文件共用同一段内容，不像正常的压缩包（可能是压缩炸弹），已拒绝读取`,
      `Files in “${archive}” share the same bytes, as in no ordinary archive (perhaps a zip bomb): it is refused`,
    )
}

function leadsOut(name: string): boolean {
  return /^[/~]|^[a-z]:|[\\\0]/i.test(name) || name.split('/').includes('..')
}

/** A symbolic link by its Unix mode. */
function isLink({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  return versionMadeBy >>> 8 === 3 && externalFileAttributes >>> 28 === 0o12
}

/** Whether one entry's bytes begin before another's end (Fifield, “A better zip bomb”, WOOT 2019). */
function overlapping(entries: Entry[]): boolean {
  const localHeader = 30
  let end = 0
  for (const entry of entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader < end) return true
    end = entry.relativeOffsetOfLocalHeader + localHeader + entry.fileNameLength + entry.compressedSize
  }
  return false
}

function shown(name: string): string {
  const text = name.replaceAll('\0', '␀')
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`
}
