import type { ImportSession } from '@minqing/data/domain/import'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { importQuery, sendFile } from '../../api/imports.ts'
import { inOrder } from './chosen-files.ts'

/** Files on their way to the server, one lot at a time: how far they are, and the ways to stop and to try again. */
export function useSending(onReceived: (session: ImportSession) => void) {
  const client = useQueryClient()
  const stopping = useRef<AbortController | null>(null)
  const [files, setFiles] = useState<File[]>([])
  const [sent, setSent] = useState<number | null>(null)
  const [failed, setFailed] = useState<Error | null>(null)

  const send = async (chosen: readonly File[]) => {
    const ordered = inOrder(chosen)
    if (ordered.length === 0 || stopping.current !== null) return
    const stop = new AbortController()
    stopping.current = stop
    setFiles(ordered)
    setFailed(null)
    setSent(0)
    try {
      let session: ImportSession | null = null
      for (const file of ordered)
        // The first makes the place for the others.
        session = await sendFile(file, session?.id ?? null, setSent, stop.signal)
      if (session === null || stop.signal.aborted) return
      client.setQueryData(importQuery(session.id).queryKey, session)
      onReceived(session)
    } catch (error) {
      if (!stop.signal.aborted) setFailed(error as Error)
    } finally {
      stopping.current = null
      setSent(null)
    }
  }
  // Whoever leaves the screen has given the file up; whoever leaves the page is asked first.
  useEffect(() => () => stopping.current?.abort(), [])
  const busy = sent !== null
  useEffect(() => {
    if (!busy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [busy])
  return {
    send,
    /** Share of the present file that is gone; null while nothing is sent. */
    sent,
    failed,
    stop: () => stopping.current?.abort(),
    retry: () => void send(files),
  }
}

export type Sending = ReturnType<typeof useSending>
