import type { ImportChoices, ImportSession } from '@minqing/data/domain/import'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { importQuery, sendChoices } from '../../api/imports.ts'
import { isWorthRetrying } from '../../api/fetch.ts'

/**
 * The choices for a file. Each change is sent to the server, one after the other, and stored in the session storage of
 * the tab until the server has it, so that it survives a lost connection and a reload. Until then it is not `settled`.
 */
export function useChoices(session: ImportSession) {
  const client = useQueryClient()
  const key = `import:${session.id}`
  const { queryKey } = importQuery(session.id)
  const [unsent, setUnsent] = useState<ImportChoices | null>(() => stored(key))
  const newest = useRef(unsent)
  const busy = useRef(false)
  const settle = () => {
    newest.current = null
    sessionStorage.removeItem(key)
    setUnsent(null)
  }
  const sending = useMutation({
    mutationFn: async () => {
      try {
        // Sends the newest choices until no newer ones have been made.
        for (let sent = newest.current; sent !== null; sent = newest.current) {
          const after = await sendChoices(session.id, sent)
          if (newest.current !== sent) continue
          settle()
          client.setQueryData(queryKey, after)
        }
      } finally {
        busy.current = false
      }
    },
    onError: (error) => {
      if (isWorthRetrying(error)) return
      // Refused: another tab imports the file, or it was deleted. The server's choices are shown again.
      settle()
      void client.invalidateQueries({ queryKey })
    },
  })
  const { mutate } = sending
  const send = useCallback(() => {
    if (busy.current || newest.current === null) return
    busy.current = true
    mutate()
  }, [mutate])
  // Choices made before a reload and not sent by then.
  useEffect(send, [send])
  return {
    choices: unsent ?? session.choices,
    change: (changed: Partial<ImportChoices>) => {
      const next = withoutEmpty({ ...(newest.current ?? session.choices), ...changed })
      newest.current = next
      sessionStorage.setItem(key, JSON.stringify(next))
      setUnsent(next)
      send()
    },
    checking: sending.isPending,
    settled: unsent === null,
    failed: sending.error,
    retry: unsent === null ? undefined : send,
  }
}

export type Choosing = ReturnType<typeof useChoices>

function stored(key: string): ImportChoices | null {
  const text = sessionStorage.getItem(key)
  return text === null ? null : (JSON.parse(text) as ImportChoices)
}

function withoutEmpty(choices: ImportChoices): ImportChoices {
  const given = Object.entries(choices).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(given) as ImportChoices
}
