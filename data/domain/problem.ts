import { z } from 'zod'
import type { Label } from './label.ts'

/** Stable codes of what can go wrong; `server/http` maps each to its status. */
export const problemCodes = [
  'bad_parameter',
  'unknown_parameter',
  'unauthenticated',
  'first_account_needed',
  'sign_in_incomplete',
  'forbidden',
  'not_found',
  'not_acceptable',
  'method_not_allowed',
  'conflict',
  'too_large',
  'unsupported_media_type',
  'misdirected',
  'too_many_requests',
  'too_slow',
  'busy',
  'storage_full',
  'storage_unavailable',
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

/** Thrown by verbs; carries a code, never a status. Say both languages where a user may read it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly detail: Label
  readonly parameter: string | undefined
  readonly remedy: Label | undefined
  constructor(
    code: ProblemCode,
    detail: Label | string,
    more: { parameter?: string; remedy?: Label | string; cause?: unknown } = {},
  ) {
    const said = inBoth(detail)
    super(said.en, { cause: more.cause })
    this.code = code
    this.detail = said
    this.parameter = more.parameter
    this.remedy = more.remedy === undefined ? undefined : inBoth(more.remedy)
  }
}

function inBoth(text: Label | string): Label {
  return typeof text === 'string' ? { zh: text, en: text } : text
}
