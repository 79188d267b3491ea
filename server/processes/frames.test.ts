import { array, assert, asyncProperty, constantFrom, integer, tuple, uint8Array } from 'fast-check'
import { expect, it } from 'vitest'
import { type FrameKind, frameBytes, frameKinds, readFrames } from './frames.ts'

async function* inPieces(bytes: Uint8Array, piece: number) {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}

it('gives back every frame, however the bytes are cut', async () => {
  const frames = array(tuple(constantFrom<FrameKind>(...frameKinds), uint8Array({ maxLength: 50 })))
  await assert(
    asyncProperty(frames, integer({ min: 1, max: 20 }), async (sent, piece) => {
      const bytes = Buffer.concat(sent.map(([kind, body]) => frameBytes(kind, body)))
      const got: [FrameKind, number[]][] = []
      for await (const { kind, body } of readFrames(inPieces(bytes, piece))) got.push([kind, [...body]])
      expect(got).toEqual(sent.map(([kind, body]) => [kind, [...body]]))
    }),
  )
})

it('refuses what is no frame', async () => {
  const read = async (bytes: number[]) => {
    for await (const frame of readFrames(inPieces(Uint8Array.from(bytes), 3))) expect(frame).toBeDefined()
  }
  await expect(read([99, 0, 0, 0, 0])).rejects.toThrow(/kind 99/)
  await expect(read([0, 255, 255, 255, 255])).rejects.toThrow(/4294967295 bytes/)
})
