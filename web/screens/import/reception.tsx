import { useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { Failure } from './failure.tsx'
import styles from './reception.module.css'
import type { Sending } from './use-sending.ts'
import { useWords } from './words/use-words.ts'

/**
 * Where a file is chosen, or dropped as anywhere on the screen; the parts of a Shapefile come together. `closed` says
 * why nobody may, `over` that a file is held above the screen.
 */
export function Reception({ sending, over, closed }: { sending: Sending; over: boolean; closed: Error | null }) {
  const words = useWords()
  const formats = useFormats()
  const input = useRef<HTMLInputElement>(null)
  const { sent, failed, send, stop, retry } = sending
  return (
    <section className={styles.reception} aria-label={words.file}>
      <div className={styles.drop} data-over={over || undefined}>
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
        {sent === null ? (
          <Button kind="primary" disabled={closed !== null} onPress={() => input.current?.click()}>
            {words.choose}
          </Button>
        ) : (
          <Button onPress={stop}>{words.cancel}</Button>
        )}
        <output className={styles.state}>
          {sent === null ? '' : sent < 1 ? words.sending(formats.percent(sent)) : words.looking}
        </output>
      </div>
      <Failure title={words.failed} error={failed} onRetry={retry} />
    </section>
  )
}
