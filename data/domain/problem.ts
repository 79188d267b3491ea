import { z } from 'zod'

/** Stable codes of what can go wrong; `server/http` maps each to its status. */
export const problemCodes = [
  'bad_parameter',
  'unknown_parameter',
  'not_found',
  'not_acceptable',
  'method_not_allowed',
  'conflict',
  'too_large',
  'too_many_requests',
  'database_unavailable',
  'timeout',
  'internal',
] as const
export const ProblemCode = z.enum(problemCodes)
export type ProblemCode = z.infer<typeof ProblemCode>

/** RFC 9457 problem details, with a stable code, the field at fault and what to do next. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: ProblemCode,
  parameter: z.string().optional(),
  remedy: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>

/** Thrown by verbs; carries a code, never a status. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly parameter: string | undefined
  readonly remedy: string | undefined
  constructor(code: ProblemCode, detail: string, more: { parameter?: string; remedy?: string; cause?: unknown } = {}) {
    super(detail, { cause: more.cause })
    this.code = code
    this.parameter = more.parameter
    this.remedy = more.remedy
  }
}
