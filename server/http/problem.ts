import { type Problem, type ProblemCode, ProblemError } from '@minqing/data/domain/problem'
import type { Label, Language } from '@minqing/data/domain/label'
import { HTTPException } from 'hono/http-exception'
import { asDatabaseProblem } from '../store/database-problem.ts'
import { asStorageProblem } from '../store/storage-problem.ts'

/** The one table from what went wrong to how HTTP says it. */
export const statusOf = {
  bad_parameter: 400,
  unknown_parameter: 400,
  unauthenticated: 401,
  first_account_needed: 401,
  sign_in_incomplete: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  too_slow: 408,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  misdirected: 421,
  too_many_requests: 429,
  internal: 500,
  busy: 503,
  database_unavailable: 503,
  timeout: 503,
  storage_unavailable: 503,
  storage_full: 507,
} as const satisfies Record<ProblemCode, number>

const titles: Record<ProblemCode, Label> = {
  bad_parameter: { zh: '参数无效', en: 'Invalid parameter' },
  unknown_parameter: { zh: '不认识的参数', en: 'Unknown parameter' },
  unauthenticated: { zh: '需要登录', en: 'Sign-in needed' },
  first_account_needed: { zh: '需要建立第一个账号', en: 'First account needed' },
  sign_in_incomplete: { zh: '登录尚未完成', en: 'Sign-in is not complete' },
  forbidden: { zh: '不允许', en: 'Forbidden' },
  not_found: { zh: '没有找到', en: 'Not found' },
  method_not_allowed: { zh: '不支持此方法', en: 'Method not allowed' },
  not_acceptable: { zh: '无法提供这种格式', en: 'Not acceptable' },
  conflict: { zh: '与现有数据冲突', en: 'Conflict' },
  too_large: { zh: '请求过大', en: 'Too large' },
  unsupported_media_type: { zh: '不支持这种内容类型', en: 'Unsupported media type' },
  misdirected: { zh: '主机名不符', en: 'Misdirected request' },
  too_many_requests: { zh: '请求过于频繁', en: 'Too many requests' },
  too_slow: { zh: '发送过慢', en: 'Sent too slowly' },
  busy: { zh: '服务器繁忙', en: 'Server busy' },
  storage_full: { zh: '磁盘空间不足', en: 'Not enough disk space' },
  storage_unavailable: { zh: '磁盘不可写入', en: 'The disk cannot be written' },
  internal: { zh: '服务器内部错误', en: 'Internal error' },
  database_unavailable: { zh: '数据库暂不可用', en: 'Database unavailable' },
  timeout: { zh: '处理超时', en: 'Timed out' },
}

/** Seconds after which asking again makes sense; the server itself reconnects at once when the database is back. */
const retryAfter = {
  busy: '2',
  database_unavailable: '5',
  timeout: '30',
  too_many_requests: '10',
  storage_full: '60',
  storage_unavailable: '60',
} as const

/**
 * Any thrown thing as a problem. What is not a ProblemError and not the database being away says nothing of itself:
 * its message may hold data.
 */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  return (
    asBodyProblem(error) ??
    asDatabaseProblem(error) ??
    asStorageProblem(error) ??
    new ProblemError(
      'internal',
      { zh: '服务器处理此请求时出错，已记入日志', en: 'The server failed on this request; the log has the cause' },
      {
        cause: error,
        remedy: { zh: '请重试；仍然出错时请联系管理员', en: 'Try again; if it fails again, contact the administrator' },
      },
    )
  )
}

/** What Hono itself refuses, by its status: everything that it reads but the body's JSON is checked by schemas of ours. */
const refusedBodies = new Map<number, { code: ProblemCode; detail: Label; remedy: Label }>([
  [
    400,
    {
      code: 'bad_parameter',
      detail: { zh: '请求的正文不是有效的 JSON', en: 'The body of the request is not valid JSON' },
      remedy: {
        zh: '请检查括号、引号与逗号，并以 UTF-8 编码发送',
        en: 'Check its brackets, quotes and commas, and send it in UTF-8',
      },
    },
  ],
  [
    415,
    {
      code: 'unsupported_media_type',
      detail: { zh: '请求的正文不是 JSON', en: 'The body of the request is not JSON by its media type' },
      remedy: {
        zh: '请发送 JSON，并写明 Content-Type: application/json',
        en: 'Send JSON, with Content-Type: application/json',
      },
    },
  ],
])

function asBodyProblem(error: unknown): ProblemError | undefined {
  const refused = error instanceof HTTPException ? refusedBodies.get(error.status) : undefined
  return refused && new ProblemError(refused.code, refused.detail, { cause: error, remedy: refused.remedy })
}

/** RFC 9457 in the reader's language. */
export function describeProblem(problem: ProblemError, language: Language): Problem {
  return {
    type: `urn:minqing:problem:${problem.code}`,
    title: titles[problem.code][language],
    status: statusOf[problem.code],
    detail: problem.detail[language],
    code: problem.code,
    ...(problem.parameter === undefined ? {} : { parameter: problem.parameter }),
    ...(problem.remedy === undefined ? {} : { remedy: problem.remedy[language] }),
  }
}

export function problemResponse(
  problem: ProblemError,
  language: Language,
  headers: Record<string, string> = {},
): Response {
  const { code } = problem
  return new Response(JSON.stringify(describeProblem(problem, language)), {
    status: statusOf[code],
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      ...(Object.hasOwn(retryAfter, code) ? { 'retry-after': retryAfter[code as keyof typeof retryAfter] } : {}),
      ...headers,
    },
  })
}
