import { useCallback, useEffect, useRef, useState } from 'react'
import { saveFile } from '../../api/download.ts'

/** The one run that may make a file. */
export type FileRun<Progress> =
  | { kind: 'idle' }
  | { kind: 'working'; progress: Progress }
  | { kind: 'done'; name: string }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: unknown }

/** Makes one file at a time and saves it; leaving the form aborts it. */
export function useFileRun<Progress>() {
  const [state, setState] = useState<FileRun<Progress>>({ kind: 'idle' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const cancel = useCallback(() => running.current?.abort(), [])

  const start = async (
    begun: Progress,
    make: (run: { signal: AbortSignal; report: (progress: Progress) => void }) => Promise<{ blob: Blob; name: string }>,
  ): Promise<void> => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    const report = (progress: Progress) => {
      if (!signal.aborted) setState({ kind: 'working', progress })
    }
    report(begun)
    try {
      const file = await make({ signal, report })
      signal.throwIfAborted()
      saveFile(file.blob, file.name)
      setState({ kind: 'done', name: file.name })
    } catch (error) {
      if (running.current !== controller) return
      setState(signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error })
    }
  }

  return { state, start, cancel }
}
