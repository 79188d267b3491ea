import { useState } from 'react'
import { DraftInput } from './draft-input.tsx'
import { Labelled } from './section.tsx'
import type { Choosing } from './use-choices.ts'
import { useWords } from './words/use-words.ts'

const named = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const

/** The coordinate system: the four that everybody uses by name, all others by their number. */
export function CrsChoice({ choosing, found }: { choosing: Choosing; found: string | null }) {
  const words = useWords()
  const { choices, change } = choosing
  const isNamed = named.some((name) => name === choices.crs)
  const [numbered, setNumbered] = useState(choices.crs !== undefined && !isNamed)
  return (
    <>
      <Labelled name={words.crs}>
        <select
          value={numbered ? 'other' : (choices.crs ?? '')}
          onChange={({ target }) => {
            setNumbered(target.value === 'other')
            if (target.value !== 'other') change({ crs: target.value })
          }}
        >
          <option value="">
            {choices.crs === undefined && found !== null ? `${words.automatic}：${found}` : words.crsUnstated}
          </option>
          {named.map((name) => (
            <option key={name} value={name}>
              {words.crsNames[name]}
            </option>
          ))}
          <option value="other">{words.crsNames.other}</option>
        </select>
      </Labelled>
      {numbered && (
        <Labelled name={words.crsNumber} hint={words.crsHint}>
          <DraftInput
            value={isNamed ? '' : (choices.crs ?? '')}
            placeholder="EPSG:4547"
            onCommit={(crs) => change({ crs })}
          />
        </Labelled>
      )}
    </>
  )
}
