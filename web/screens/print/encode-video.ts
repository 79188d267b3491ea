import * as mp4 from 'mp4-muxer'
import * as webm from 'webm-muxer'

export type VideoSize = { width: number; height: number }

/** Writes pictures of equal size one after another into a video file. */
export type VideoFile = {
  extension: 'mp4' | 'webm'
  /** `seconds` is how long the picture is shown. */
  add: (canvas: OffscreenCanvas, seconds: number) => Promise<void>
  finish: () => Promise<Blob>
  close: () => void
}

/** H.264 in MP4, which office programs play; where the browser has no encoder for it, VP9 or VP8 in WebM. */
const codecs = [
  { codec: 'avc1.640028', container: 'mp4', name: 'avc' },
  { codec: 'vp09.00.40.08', container: 'webm', name: 'V_VP9' },
  { codec: 'vp8', container: 'webm', name: 'V_VP8' },
] as const

/** Enough for text that does not move, at 1920 × 1080. */
const bitrate = 8_000_000

/** The browser has no encoder for any of the codecs. */
export class NoVideoEncoder extends Error {
  override readonly name = 'NoVideoEncoder'
}

/** @throws NoVideoEncoder */
export async function createVideo({ width, height }: VideoSize): Promise<VideoFile> {
  for (const choice of codecs) {
    const config: VideoEncoderConfig = { codec: choice.codec, width, height, bitrate, latencyMode: 'quality' }
    const { supported = false } = await isSupported(config)
    if (supported) return videoFile(config, choice)
  }
  throw new NoVideoEncoder()
}

async function isSupported(config: VideoEncoderConfig): Promise<VideoEncoderSupport> {
  if (!('VideoEncoder' in globalThis)) return {}
  return VideoEncoder.isConfigSupported(config)
}

function videoFile(config: VideoEncoderConfig, choice: (typeof codecs)[number]): VideoFile {
  const { width, height } = config
  const { container, muxer, target } = containerOf(choice, { width, height })
  let failure: DOMException | null = null
  const encoder = new VideoEncoder({
    output: (chunk, metadata) => muxer.addVideoChunk(chunk, metadata),
    error: (error) => {
      failure = error
    },
  })
  encoder.configure(config)
  let [at, count] = [0, 0]
  const throwFailure = () => {
    if (failure !== null) throw failure
  }
  return {
    extension: container,
    add: async (canvas, seconds) => {
      throwFailure()
      const frame = new VideoFrame(canvas, { timestamp: at * 1e6, duration: seconds * 1e6 })
      encoder.encode(frame, { keyFrame: count++ % 10 === 0 })
      frame.close()
      at += seconds
      // What waits to be encoded is held in memory: one picture at a time.
      await encoder.flush()
      throwFailure()
    },
    finish: async () => {
      await encoder.flush()
      throwFailure()
      muxer.finalize()
      return new Blob([target.buffer], { type: `video/${container}` })
    },
    close: () => {
      if (encoder.state !== 'closed') encoder.close()
    },
  }
}

function containerOf(choice: (typeof codecs)[number], { width, height }: VideoSize) {
  if (choice.container === 'mp4') {
    const target = new mp4.ArrayBufferTarget()
    const video = { codec: choice.name, width, height }
    return { container: choice.container, target, muxer: new mp4.Muxer({ target, video, fastStart: 'in-memory' }) }
  }
  const target = new webm.ArrayBufferTarget()
  const video = { codec: choice.name, width, height }
  return { container: choice.container, target, muxer: new webm.Muxer({ target, video }) }
}
