/** A file made to do harm, or broken in ways that files break. */
export type HostileFile = { what: string; name: string; content: () => Buffer | string }

export const megabyte = 1024 * 1024

export const header = '编号,标题,经度,纬度,时间\n'
export const row = '1,好,114.3,30.6,2024-05-01\n'

/** Noise that is the same in every run. */
export function noise(length: number): Buffer {
  let state = 1
  return Buffer.from(Uint8Array.from({ length }, () => (state = (state * 48_271) % 2_147_483_647) & 255))
}
