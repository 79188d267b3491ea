import { Secret, TOTP } from 'otpauth'

const seconds = 30
/** Bytes; RFC 4226 §4 recommends 20. */
const secretBytes = 20
/** Time steps before and after the present one whose codes are taken: clocks of phones go wrong a little. */
const tolerance = 1

/** RFC 6238 with the parameters that every authenticator app knows: SHA-1, 6 digits, 30 seconds. */
function totpOf(secret: Secret, login = ''): TOTP {
  return new TOTP({ issuer: 'Minqing', label: login, secret, algorithm: 'SHA1', digits: 6, period: seconds })
}

/** In base32. */
export function makeSecret(): string {
  return new Secret({ size: secretBytes }).base32
}

/** `otpauth://totp/…`, which a page shows as a QR code. */
export function enrolmentUri(secret: string, login: string): string {
  return totpOf(Secret.fromBase32(secret), login).toString()
}

/**
 * The time step of a right code.
 *
 * @param after the last step that a code was taken of: each code is good once.
 * @returns undefined for a wrong, an old or a used code.
 */
export function stepOfCode(secret: string, code: string, at: Date, after: number): number | undefined {
  const timestamp = at.getTime()
  const delta = totpOf(Secret.fromBase32(secret)).validate({ token: code, timestamp, window: tolerance })
  if (delta === null) return undefined
  const step = Math.floor(timestamp / 1000 / seconds) + delta
  return step > after ? step : undefined
}

/** The code at a time: what the app of a phone shows. */
export function codeAt(secret: string, at: Date): string {
  return totpOf(Secret.fromBase32(secret)).generate({ timestamp: at.getTime() })
}
