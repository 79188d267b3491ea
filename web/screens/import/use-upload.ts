import type { ImportSession } from '@minqing/data/domain/import'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { importQuery, sendFile } from '../../api/imports.ts'
import { droppedFiles, inOrder } from './chosen-files.ts'

/** Uploads the files of one import, one after the other: progress, and how to stop and to retry. */
export function useUpload(onReceived: (session: ImportSession) => void) {
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
        // The first creates the import that the others belong to.
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
  // Leaving the screen stops the upload; leaving the page asks first.
  useEffect(() => () => stopping.current?.abort(), [])
  const busy = sent !== null
  useEffect(() => {
    if (!busy) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [busy])
  return {
    send,
    /** Share of the current file that has been sent; null while no upload runs. */
    sent,
    failed,
    stop: () => stopping.current?.abort(),
    retry: () => void send(files),
  }
}

export type Upload = ReturnType<typeof useUpload>

/**
 * Takes files dropped anywhere on the screen: elsewhere the browser would open the file instead of the page. Returns
 * whether files are being dragged over the screen.
 */
export function useDrop(onDrop: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false)
  const take = useRef(onDrop)
  useLayoutEffect(() => {
    take.current = onDrop
  })
  // Before the first paint, so that no early drop is missed.
  useLayoutEffect(() => {
    const hold = (event: DragEvent) => {
      if (event.dataTransfer === null) return
      event.preventDefault()
      setOver(event.dataTransfer.types.includes('Files'))
    }
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const drop = (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      if (event.dataTransfer !== null) void droppedFiles(event.dataTransfer).then((files) => take.current(files))
    }
    addEventListener('dragover', hold)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', hold)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [])
  return over
}
