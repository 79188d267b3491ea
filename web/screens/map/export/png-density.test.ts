import { expect, it } from 'vitest'
import { withDensity } from './png-density.ts'

/** A PNG of one black pixel. */
const pixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB9HFkpgAAAABJRU5ErkJggg=='),
  (letter) => letter.codePointAt(0)!,
)

it('writes 300 dots per inch after the header', () => {
  const png = withDensity(pixel, 300)
  // 300 / 0.0254 = 11811 dots a metre; the checksum is what every PNG of 300 dpi carries.
  const chunk = Array.from(png.subarray(33, 54), (byte) => byte.toString(16).padStart(2, '0')).join('')
  expect(chunk).toBe('00000009_70485973_00002e23_00002e23_01_78a53f76'.replaceAll('_', ''))
  expect([...png.slice(0, 33), ...png.slice(54)]).toEqual([...pixel])
})
