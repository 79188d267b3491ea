/** What a frame holds: a JSON message, or bytes that only one side understands. */
export const frameKinds = ['message', 'copy', 'rejects'] as const
export type FrameKind = (typeof frameKinds)[number]
export type Frame = { kind: FrameKind; body: Buffer }

const headerSize = 5
/** No side sends more at once: what claims to be longer is no frame of ours. */
const largest = 64 * 1024 * 1024

/** A frame as it travels: one byte for the kind, four for the length, the body. */
export function frameBytes(kind: FrameKind, body: string | Uint8Array): Buffer {
  const size = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  const frame = Buffer.allocUnsafe(headerSize + size)
  frame.writeUInt8(frameKinds.indexOf(kind), 0)
  frame.writeUInt32LE(size, 1)
  if (typeof body === 'string') frame.write(body, headerSize)
  else frame.set(body, headerSize)
  return frame
}

/** @throws RangeError when the bytes are no frames */
export async function* readFrames(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let pending: Uint8Array[] = []
  let held = 0
  let wanted = headerSize
  for await (const chunk of stream) {
    pending.push(chunk)
    held += chunk.length
    if (held < wanted) continue
    let bytes =
      pending.length === 1 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat(pending)
    for (;;) {
      wanted = bytes.length < headerSize ? headerSize : headerSize + sizeOf(bytes)
      if (bytes.length < wanted) break
      yield { kind: kindOf(bytes), body: bytes.subarray(headerSize, wanted) }
      bytes = bytes.subarray(wanted)
    }
    pending = bytes.length === 0 ? [] : [bytes]
    held = bytes.length
  }
}

function sizeOf(bytes: Buffer): number {
  const size = bytes.readUInt32LE(1)
  if (size > largest) throw new RangeError(`a frame of ${size} bytes`)
  return size
}

function kindOf(bytes: Buffer): FrameKind {
  const kind = frameKinds[bytes.readUInt8(0)]
  if (kind === undefined) throw new RangeError(`a frame of kind ${bytes.readUInt8(0)}`)
  return kind
}
