import { ProblemError } from '@minqing/data/domain/problem'

/** No space, or none within a quota; the last is PostgreSQL's own (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const full = new Set(['ENOSPC', 'EDQUOT', '53100'])
/** A disk mounted for reading only, a directory of another account, a disk that fails; the last is PostgreSQL's. */
const unavailable = new Set(['EROFS', 'EACCES', 'EPERM', 'EIO', '58030'])

/** The problem behind an error of a disk, ours or the database's; undefined for every other error. */
export function asStorageProblem(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  if (full.has(code)) return storageFull(error)
  // A socket can be forbidden as well.
  if (!unavailable.has(code) || ('syscall' in error && error.syscall === 'connect')) return undefined
  return new ProblemError(
    'storage_unavailable',
    {
      zh: '服务器的磁盘或目录无法写入，没有写入任何数据',
      en: 'The server’s disk or directory cannot be written; nothing was written',
    },
    {
      cause: error,
      remedy: {
        zh: '请管理员检查磁盘是否只读、目录的所有者与权限，然后重试',
        en: 'An administrator should check whether the disk is read-only, and the directory’s owner and mode; then try again',
      },
    },
  )
}

export function storageFull(cause?: unknown): ProblemError {
  return new ProblemError(
    'storage_full',
    { zh: '服务器的磁盘空间不足，没有写入任何数据', en: 'The server’s disk has not enough space; nothing was written' },
    {
      cause,
      remedy: {
        zh: '查看不受影响。请管理员清理磁盘后重试',
        en: 'Reading goes on. Try again when an administrator has made room',
      },
    },
  )
}

/** The same for a person at a terminal, with the file where it is known; undefined for every other error. */
export function storageSentences(error: unknown): string | undefined {
  const problem = asStorageProblem(error)
  if (problem === undefined) return undefined
  const { path, code } = error as { path?: unknown; code?: unknown }
  const place = typeof path === 'string' ? `${path} (${String(code)})` : String(code)
  const { detail, remedy } = problem
  return [`${detail.zh}：${place}`, remedy?.zh, `${detail.en}: ${place}`, remedy?.en].join('\n')
}
