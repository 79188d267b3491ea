import { describe, expect, it } from 'vitest'
import { saysSecondFactor } from './identity-provider.ts'

describe('a second factor that the provider has asked for', () => {
  it.each([
    [{ amr: ['mfa'] }, true],
    [{ amr: ['pwd', 'otp'] }, true],
    [{ amr: ['pin', 'hwk'] }, true],
    [{ acr: 'https://refeds.org/profile/mfa' }, true],
    [{ acr: 'phrh' }, true],
    // One factor, whichever it is.
    [{ amr: ['pwd'] }, false],
    [{ amr: ['otp'] }, false],
    [{ amr: ['pwd', 'kba'] }, false],
    [{ acr: '1', amr: 'mfa' }, false],
    [{}, false],
  ])('%j: %s', (claims, expected) => {
    expect(saysSecondFactor(claims)).toBe(expected)
  })
})
