import { ProblemError } from '@minqing/data/domain/problem'

/** The database cannot be had; the message says in both languages what happened and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options)
  }
}

/** What postgres.js and the socket below it say when there is no database to talk to. */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  // Shutting down, crashed, starting up, too many clients; https://www.postgresql.org/docs/current/errcodes-appendix.html
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

const statementTimedOut = '57014'

/** What a replica alone does: it cancels readers of rows that the primary has removed. */
const conflictWithRecovery = new Set(['40001', '40P01'])

/** Whether another server would have answered. */
export function isReplicaFault(error: unknown): boolean {
  const code = codeOf(error)
  return connectionCodes.has(code) || conflictWithRecovery.has(code)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** The problem behind a database error that is nobody's mistake; undefined for every other error. */
export function asDatabaseProblem(error: unknown): ProblemError | undefined {
  const code = codeOf(error)
  if (connectionCodes.has(code)) {
    return new ProblemError(
      'database_unavailable',
      { zh: '暂时连不上数据库', en: 'The database cannot be reached' },
      {
        cause: error,
        remedy: { zh: '数据没有丢失；数秒后会自动恢复，请稍后重试', en: 'No data is lost; try again in a few seconds' },
      },
    )
  }
  return code === statementTimedOut ? tookTooLong(error) : undefined
}

/** A database that went away under a process that cannot go on without it, as the sentence that the process ends with. */
export function asLostDatabase(error: unknown): StoreError | undefined {
  const isFile = error instanceof Error && 'syscall' in error && error.syscall === 'open'
  if (isFile || !connectionCodes.has(codeOf(error))) return undefined
  return new StoreError(
    `数据库中途停止或断开（${codeOf(error)}）。没有写完的内容已全部撤销，已有数据没有丢失；请重新启动，仍然失败时查看数据库日志（内置数据库为数据目录中的 postgres.log）`,
    `The database ended or was disconnected meanwhile (${codeOf(error)}). What was not finished is undone, and no earlier data is lost. Start again; if that fails, see the log of the database (of the embedded one, postgres.log in the data directory)`,
    { cause: error },
  )
}

export function tookTooLong(cause?: unknown): ProblemError {
  return new ProblemError(
    'timeout',
    { zh: '查询用时过长，已中止', en: 'The query took too long and was stopped' },
    { cause, remedy: { zh: '请缩小区域或时间范围后重试', en: 'Ask for a smaller area or a shorter time' } },
  )
}
