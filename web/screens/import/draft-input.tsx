import { useState } from 'react'

/** A text field that tells what was written when it is left or confirmed, not with each letter. */
export function DraftInput({
  value,
  onCommit,
  placeholder,
}: {
  value: string
  onCommit: (text: string) => void
  placeholder?: string
}) {
  const [draft, setDraft] = useState(value)
  const [before, setBefore] = useState(value)
  if (value !== before) {
    // Chosen elsewhere: in another tab, or for an earlier file of the kind.
    setBefore(value)
    setDraft(value)
  }
  const commit = () => {
    if (draft.trim() !== value) onCommit(draft.trim())
  }
  return (
    <input
      value={draft}
      placeholder={placeholder}
      onChange={({ target }) => setDraft(target.value)}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit()
      }}
    />
  )
}
