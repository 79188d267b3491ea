import { importCollections, type ImportCollection, type Inspection } from '@minqing/data/domain/import'
import { useLocale } from 'use-intl'
import { Notice } from '../../ui/notice.tsx'
import { CrsChoice } from './crs-choice.tsx'
import { DraftInput } from './draft-input.tsx'
import { Remarks } from './remarks.tsx'
import { Labelled, Section } from './section.tsx'
import styles from './section.module.css'
import type { Choosing } from './use-choices.ts'
import { onScreen } from './words/fields.ts'
import { useWords } from './words/use-words.ts'

const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5']

/** What the file was taken for, each item to be corrected. */
export function Recognised({
  inspection,
  choosing,
  source,
}: {
  inspection: Inspection | null
  choosing: Choosing
  source: string
}) {
  const words = useWords()
  const language = useLocale()
  const { choices, change } = choosing
  const collection = choices.collection ?? inspection?.collection ?? 'incidents'
  const table = inspection === null || inspection.format === 'csv' || inspection.format === 'xlsx'
  const text = inspection === null || inspection.encoding !== null
  return (
    <Section title={words.recognised} text={words.recognisedText}>
      {inspection?.questions.map(({ about, label }) => (
        <Notice key={about + label.en} tone="danger" title={words.questions}>
          {onScreen(label[language], language)}
        </Notice>
      ))}
      <div className={styles.fields}>
        <Labelled name={words.collection}>
          <select
            value={collection}
            onChange={({ target }) => change({ collection: target.value as ImportCollection })}
          >
            {importCollections.map((name) => (
              <option key={name} value={name}>
                {words.collections[name]}
              </option>
            ))}
          </select>
        </Labelled>
        {inspection !== null && inspection.layers.length > 1 && (
          <Labelled name={words.layer}>
            <select value={choices.layer ?? ''} onChange={({ target }) => change({ layer: target.value })}>
              <option value="">{words.automaticLayer}</option>
              {inspection.layers.map(({ name, rows, hidden }) => (
                <option key={name} value={name}>
                  {[name, rows === null ? '' : words.rowsOfLayer(String(rows)), hidden ? words.hiddenLayer : '']
                    .filter((part) => part !== '')
                    .join(' · ')}
                </option>
              ))}
            </select>
          </Labelled>
        )}
        {table && (
          <Labelled name={words.headerRow}>
            <select
              value={choices.headerRow ?? ''}
              onChange={({ target }) => change({ headerRow: target.value === '' ? undefined : Number(target.value) })}
            >
              <option value="">{words.automatic}</option>
              {Array.from({ length: 20 }, (_, index) => (
                <option key={index} value={index + 1}>
                  {index + 1}
                </option>
              ))}
            </select>
          </Labelled>
        )}
        {text && (
          <Labelled name={words.encoding}>
            <select value={choices.encoding ?? ''} onChange={({ target }) => change({ encoding: target.value })}>
              <option value="">{[words.automatic, inspection?.encoding].filter(Boolean).join('：')}</option>
              {encodings.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </Labelled>
        )}
        <CrsChoice choosing={choosing} found={inspection?.crs ?? null} />
        <Labelled name={words.street} hint={words.streetHint}>
          <DraftInput value={choices.street ?? ''} onCommit={(street) => change({ street })} />
        </Labelled>
        <Labelled name={words.source} hint={words.sourceHint}>
          <DraftInput value={choices.source ?? ''} placeholder={source} onCommit={(name) => change({ source: name })} />
        </Labelled>
      </div>
      {inspection !== null && <Remarks title={words.remarks} notes={inspection.notes} remarks={inspection.remarks} />}
    </Section>
  )
}
