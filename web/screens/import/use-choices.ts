import type { ImportChoices, ImportSession } from '@minqing/data/domain/import'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { importQuery, sendChoices } from '../../api/imports.ts'

/**
 * What is chosen for a file: sent with each change, and kept here and in the tab's own store until the server has it,
 * so that neither a lost connection nor a reload takes it away.
 */
export function useChoices(session: ImportSession) {
  const client = useQueryClient()
  const key = `import:${session.id}`
  const [choices, setChoices] = useState<ImportChoices>(() => unsent(key) ?? session.choices)
  const sending = useMutation({
    mutationFn: (next: ImportChoices) => sendChoices(session.id, next),
    onSuccess: (after) => {
      sessionStorage.removeItem(key)
      client.setQueryData(importQuery(session.id).queryKey, after)
    },
  })
  const send = (next: ImportChoices) => {
    sessionStorage.setItem(key, JSON.stringify(next))
    sending.mutate(next)
  }
  return {
    choices,
    change: (changed: Partial<ImportChoices>) => {
      const next = withoutEmpty({ ...choices, ...changed })
      setChoices(next)
      send(next)
    },
    looking: sending.isPending,
    failed: sending.error,
    retry: () => send(choices),
  }
}

export type Choosing = ReturnType<typeof useChoices>

function unsent(key: string): ImportChoices | null {
  const text = sessionStorage.getItem(key)
  return text === null ? null : (JSON.parse(text) as ImportChoices)
}

function withoutEmpty(choices: ImportChoices): ImportChoices {
  const kept = Object.entries(choices).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(kept) as ImportChoices
}
