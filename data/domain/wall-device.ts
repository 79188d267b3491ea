import { z } from 'zod'
import { Instant } from './instant.ts'
import { NamedArea } from './session.ts'

/** Consonants (RFC 8628 §6.1): nothing that looks alike, and no words. */
export const pairingAlphabet = 'BCDFGHJKLMNPQRSTVWXZ'
export const pairingCodeLength = 8

/** A code as it is compared, however it was typed: `ｂｃｄｆ-ghjk` is `BCDFGHJK`. */
export function preparePairingCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '')
}

/** As it is shown: `BCDF-GHJK`. */
export function groupPairingCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** What a screen that waits to be paired shows, and asks with. Its own clock may be wrong, so times are given as seconds. */
export const WallPairing = z.object({ secret: z.string(), code: z.string(), seconds: z.int().min(0) })
export type WallPairing = z.infer<typeof WallPairing>

export const pairingStates = ['waiting', 'paired', 'refused', 'expired'] as const
export const PairingState = z.enum(pairingStates)
export type PairingState = z.infer<typeof PairingState>

/** The screen that shows a code, as far as it is known: what a person confirms. */
export const WaitingWall = z.object({
  code: z.string(),
  address: z.string().nullable(),
  agent: z.string().nullable(),
  createdAt: Instant,
})
export type WaitingWall = z.infer<typeof WaitingWall>

export const WallDeviceName = z.string().trim().min(1).max(60)

/** A screen that has been paired. */
export const WallDevice = z.object({
  id: z.uuid(),
  name: z.string(),
  area: NamedArea,
  pairedBy: z.string(),
  pairedAt: Instant,
  /** Null until it has opened its picture. */
  usedAt: Instant.nullable(),
  address: z.string().nullable(),
  agent: z.string().nullable(),
})
export type WallDevice = z.infer<typeof WallDevice>
