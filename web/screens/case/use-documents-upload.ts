import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { documentsQuery, sendDocument } from '../../api/documents.ts'

/** A file that could not be added, and why. */
export type FailedFile = { file: File; error: Error }

/** Adds files to a case, one after the other: progress, what failed, and how to stop. */
export function useDocumentsUpload(street: string, number: string) {
  const client = useQueryClient()
  const stopping = useRef<AbortController | null>(null)
  const [sending, setSending] = useState<{ name: string; share: number } | null>(null)
  const [failed, setFailed] = useState<FailedFile[]>([])
  const [added, setAdded] = useState<string[]>([])

  const waiting = useRef<File[]>([])

  const send = async (files: readonly File[]) => {
    waiting.current.push(...files)
    setFailed((earlier) => earlier.filter(({ file }) => !files.includes(file)))
    if (waiting.current.length === 0 || stopping.current !== null) return
    const stop = new AbortController()
    stopping.current = stop
    setAdded([])
    for (let file = waiting.current.shift(); file !== undefined; file = waiting.current.shift()) {
      if (stop.signal.aborted) {
        waiting.current = []
        break
      }
      setSending({ name: file.name, share: 0 })
      try {
        const onSent = (share: number) => setSending({ name: file.name, share })
        const { name } = await sendDocument({ street, number }, file, onSent, stop.signal)
        setAdded((names) => [...names, name])
        await client.invalidateQueries({ queryKey: documentsQuery(street, number).queryKey })
      } catch (error) {
        const one = { file, error: error as Error }
        if (!stop.signal.aborted) setFailed((earlier) => [...earlier, one])
      }
    }
    stopping.current = null
    setSending(null)
  }
  // Leaving the page stops what is being sent.
  useEffect(() => () => stopping.current?.abort(), [])
  return { send, sending, failed, added, stop: () => stopping.current?.abort() }
}
