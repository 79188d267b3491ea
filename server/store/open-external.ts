import { connect, type Database } from './connect.ts'
import { StoreError } from './database-problem.ts'

/** The oldest PostgreSQL whose SQL we use, as `server_version_num` counts. */
const oldestVersion = 150_000

/**
 * Opens a PostgreSQL of one's own and makes sure that it can serve us.
 *
 * @throws StoreError when it cannot be reached or is too old; never with the password.
 */
export async function openExternal(
  url: string,
  options: { statementTimeout?: number; poolSize?: number } = {},
): Promise<Database> {
  const database = connect({ url, ...options })
  try {
    const [row] = await database<{ version: number; name: string }[]>`
      select current_setting('server_version_num')::int as version, current_setting('server_version') as name`
    if (row !== undefined && row.version >= oldestVersion) return database
    throw new StoreError(
      `${describeTarget(url)} 的 PostgreSQL 版本为 ${row?.name}，需要 15 或更高版本`,
      `${describeTarget(url)} runs PostgreSQL ${row?.name}; 15 or newer is needed`,
    )
  } catch (error) {
    await database.end({ timeout: 1 })
    if (error instanceof StoreError) throw error
    const reason = reasonOf(error)
    throw new StoreError(
      `无法连接 DATABASE_URL 指定的数据库 ${describeTarget(url)}：${reason}`,
      `The database of DATABASE_URL, ${describeTarget(url)}, cannot be reached: ${reason}`,
    )
  }
}

/** Host, port and name: what a person needs to recognise it, without user and password. */
function describeTarget(text: string): string {
  const url = new URL(text)
  const host = url.searchParams.get('host') ?? (url.hostname || 'localhost')
  return `${host}${url.port ? `:${url.port}` : ''}${url.pathname}`
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', '没有服务在监听 · nothing is listening there'],
  ['ENOENT', '套接字不存在 · there is no such socket'],
  ['ENOTFOUND', '主机名无法解析 · the host name is unknown'],
  ['EAI_AGAIN', '主机名无法解析 · the host name is unknown'],
  ['CONNECT_TIMEOUT', '连接超时 · no answer in time'],
  ['28P01', '用户名或密码被拒绝 · user or password refused'],
  ['28000', '用户名或密码被拒绝 · user or password refused'],
  ['3D000', '该数据库不存在 · there is no such database'],
])

/** The driver's messages may quote the connection; its codes cannot. */
function reasonOf(error: unknown): string {
  const { code = 'unknown' } = error as { code?: string }
  const reason = reasons.get(code)
  return reason === undefined ? code : `${reason} (${code})`
}
