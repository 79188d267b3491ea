import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { importsQuery, undoImport } from '../../api/imports.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { Failure } from './failure.tsx'
import styles from './undo-button.module.css'
import { useWords } from './words/use-words.ts'

/** Takes an import back, after one more question. */
export function UndoButton({ id, file, label }: { id: number; file: string; label: string }) {
  const words = useWords()
  const formats = useFormats()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const undo = useMutation({
    mutationFn: () => undoImport(id),
    onSettled: () => setAsking(false),
    onSuccess: () => client.invalidateQueries({ queryKey: importsQuery().queryKey }),
  })
  if (undo.data !== undefined)
    return <output>{words.undone(formats.count(undo.data.removed), formats.count(undo.data.restored))}</output>
  return (
    <div className={styles.undo}>
      {asking || undo.isPending ? (
        <div className={styles.ask} role="group" aria-label={words.undo}>
          <span>{words.confirmUndo(file)}</span>
          <Button disabled={undo.isPending} onPress={() => undo.mutate()}>
            {undo.isPending ? words.undoing : words.confirm}
          </Button>
          <Button kind="bare" disabled={undo.isPending} onPress={() => setAsking(false)}>
            {words.keep}
          </Button>
        </div>
      ) : (
        <Button onPress={() => setAsking(true)}>
          <Icon name="undo" />
          {label}
        </Button>
      )}
      <Failure title={words.failed} error={undo.error} />
    </div>
  )
}
