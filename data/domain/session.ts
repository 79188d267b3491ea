import { z } from 'zod'
import { Instant } from './instant.ts'
import type { Label } from './label.ts'
import { RoleName } from './role.ts'

/** What a session has to do before it may do anything else. */
export const pendingSteps = ['second_factor', 'password', 'enrolment'] as const
export const PendingStep = z.enum(pendingSteps)
export type PendingStep = z.infer<typeof PendingStep>

export const pendingLabels: Record<PendingStep, Label> = {
  second_factor: {
    zh: '请输入身份验证器应用上的六位验证码',
    en: 'Enter the six-digit code of the authenticator app',
  },
  password: { zh: '请先更换初始密码', en: 'Replace the initial password first' },
  enrolment: {
    zh: '此角色须使用两种方式验证身份：请先绑定身份验证器应用',
    en: 'This role needs a second factor: enrol an authenticator app first',
  },
}

/** A code that areas begin with, or `all`; the name is null where the area is not known. */
export const NamedArea = z.object({ code: z.string(), name: z.string().nullable() })
export type NamedArea = z.infer<typeof NamedArea>

/** Who is asking, and what they may ask as. */
export const Session = z.object({
  /** Null where nobody has signed in: in the demo, and where the server runs without sign-in. */
  id: z.uuid().nullable(),
  login: z.string(),
  name: z.string(),
  role: RoleName,
  /** Of the role. */
  areas: z.array(NamedArea),
  /** Roles that the session can be switched to, the present one included. */
  roles: z.array(RoleName),
  pending: PendingStep.nullable(),
  /** Whether the account has a second factor. */
  enrolled: z.boolean(),
  /** When it ends however much it is used; null without sign-in. */
  expiresAt: Instant.nullable(),
  /** Whether it is that of the demo, which anybody on the server's machine has until the first account is made. */
  isDemo: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** One of the owner's sessions. */
export const SessionEntry = z.object({
  id: z.uuid(),
  role: RoleName,
  createdAt: Instant,
  usedAt: Instant,
  expiresAt: Instant,
  /** Of the client that signed in, as far as it is known. */
  address: z.string().nullable(),
  agent: z.string().nullable(),
  isPresent: z.boolean(),
})
export type SessionEntry = z.infer<typeof SessionEntry>

/** How one may sign in besides with a password. */
export const SignInWays = z.object({
  /** The centre's own sign-on; null where none is configured. */
  provider: z.object({ name: z.string(), isReachable: z.boolean() }).nullable(),
})
export type SignInWays = z.infer<typeof SignInWays>

/** What is typed to sign in, as it is compared: `ＬｉＭｉｎｇ` is `liming`. */
export const Login = z
  .string()
  .transform((text) => text.normalize('NFKC').trim().toLowerCase())
  .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,31}$/u))
