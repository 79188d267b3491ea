import { z } from 'zod'
import { Instant } from './instant.ts'
import { RoleName } from './role.ts'
import { NamedArea, SessionEntry } from './session.ts'

/** A role of an account and the areas that it is for: codes that areas begin with, or `all`. */
export const Grant = z.strictObject({ role: RoleName, areas: z.array(z.string()).min(1).max(200) })
export type Grant = z.infer<typeof Grant>

export const PersonName = z.string().trim().min(1).max(60)

/** An account as administrators see it. */
export const AccountEntry = z.object({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  grants: z.array(z.object({ role: RoleName, areas: z.array(NamedArea) })),
  /** Whether it has a second factor. */
  enrolled: z.boolean(),
  /** Its password was made, and has not been replaced yet. */
  mustChange: z.boolean(),
  /** By wrong passwords, for a time. */
  locked: z.boolean(),
  usedAt: Instant.nullable(),
  disabledAt: Instant.nullable(),
})
export type AccountEntry = z.infer<typeof AccountEntry>

/** A session of any account, as administrators see it. */
export const AccountSession = SessionEntry.extend({ login: z.string(), name: z.string() })
export type AccountSession = z.infer<typeof AccountSession>

/** Days that an access token is good for, unless it is said; and at the longest. */
export const usualTokenDays = 180
export const mostTokenDays = 730

export const TokenEntry = z.object({
  id: z.uuid(),
  name: z.string(),
  role: RoleName,
  areas: z.array(NamedArea),
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
})
export type TokenEntry = z.infer<typeof TokenEntry>
