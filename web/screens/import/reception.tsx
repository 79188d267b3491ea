import type { ImportSession } from '@minqing/data/domain/import'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type DragEvent } from 'react'
import { importQuery, sendFile } from '../../api/imports.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { Failure } from './failure.tsx'
import styles from './reception.module.css'
import { useWords } from './words/use-words.ts'

/** Where a file is dropped or chosen; the parts of a Shapefile come together. `closed` says why nobody may. */
export function Reception({
  onReceived,
  closed,
}: {
  onReceived: (session: ImportSession) => void
  closed: Error | null
}) {
  const words = useWords()
  const formats = useFormats()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [sent, setSent] = useState<number | null>(null)
  const [failed, setFailed] = useState<Error | null>(null)
  const [files, setFiles] = useState<File[]>([])

  const send = async (chosen: File[]) => {
    // The part with the shapes leads; the others belong beside it.
    const ordered = chosen.toSorted(
      (left, right) => Number(/\.shp$/i.test(right.name)) - Number(/\.shp$/i.test(left.name)),
    )
    if (ordered.length === 0) return
    setFiles(ordered)
    setFailed(null)
    setSent(0)
    try {
      let session: ImportSession | null = null
      for (const file of ordered)
        // oxlint-disable-next-line no-await-in-loop -- the first makes the place for the others
        session = await sendFile(file, session?.id ?? null, setSent, new AbortController().signal)
      if (session === null) return
      client.setQueryData(importQuery(session.id).queryKey, session)
      onReceived(session)
    } catch (error) {
      setFailed(error as Error)
    } finally {
      setSent(null)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void send([...event.dataTransfer.files])
  }

  return (
    <section className={styles.reception} aria-label={words.file}>
      <div
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" size={28} />
        <h2 className={styles.title}>{words.dropTitle}</h2>
        <p className={styles.text}>{words.dropText}</p>
        <input
          ref={input}
          hidden
          type="file"
          multiple
          onChange={({ target }) => {
            void send([...(target.files ?? [])])
            target.value = ''
          }}
        />
        <Button kind="primary" disabled={sent !== null || closed !== null} onPress={() => input.current?.click()}>
          {words.choose}
        </Button>
        <output className={styles.state}>
          {sent === null ? '' : sent < 1 ? words.sending(formats.percent(sent)) : words.looking}
        </output>
      </div>
      {failed !== null && <Failure title={words.failed} error={failed} onRetry={() => void send(files)} />}
    </section>
  )
}
