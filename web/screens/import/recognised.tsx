import { encodings, isTableFormat, takesEncoding } from '@minqing/data/domain/file-format'
import { importCollections, type ImportCollection, type Inspection } from '@minqing/data/domain/import'
import { useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Fields, Labelled, Section } from '../../ui/section.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { constantOf, withConstant } from './columns.tsx'
import { withControlNames } from './control-names.ts'
import { messages } from './messages.ts'
import { Notes } from './findings.tsx'
import type { Choosing } from './use-choices.ts'

/** The detected settings of a file; each can be corrected. */
export function Recognised({
  inspection,
  choosing,
  source,
}: {
  inspection: Inspection | null
  choosing: Choosing
  source: string
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { choices, change } = choosing
  const collection = choices.collection ?? inspection?.collection ?? 'incidents'
  const table = inspection === null || isTableFormat(inspection.format)
  const text = inspection === null || takesEncoding(inspection.format)
  return (
    <Section level={3} title={t('recognised')} text={t('recognisedText')}>
      {inspection?.questions.map(({ about, label, answers = [] }) => (
        <Notice
          key={about + label.en}
          tone="danger"
          title={t('questions')}
          action={answers.map((answer) => (
            <Button key={answer.label.en} onPress={() => change(answer.choices)}>
              {answer.label[language]}
            </Button>
          ))}
        >
          {withControlNames(label[language], language)}
        </Notice>
      ))}
      <Fields>
        <Labelled name={t('collection')}>
          <select
            value={collection}
            onChange={({ target }) => change({ collection: target.value as ImportCollection })}
          >
            {importCollections.map((name) => (
              <option key={name} value={name}>
                {t(`collections.${name}`)}
              </option>
            ))}
          </select>
        </Labelled>
        {inspection !== null && inspection.layers.length > 1 && (
          <Labelled name={t('layer')}>
            <select value={choices.layer ?? ''} onChange={({ target }) => change({ layer: target.value })}>
              <option value="">{t('automaticLayer')}</option>
              {inspection.layers.map(({ name, rows, hidden }) => (
                <option key={name} value={name}>
                  {[
                    name,
                    rows === null ? '' : t('layerRows', { rows: formats.count(rows) }),
                    hidden ? t('hiddenLayer') : '',
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </option>
              ))}
            </select>
          </Labelled>
        )}
        {table && (
          <Labelled name={t('headerRow')}>
            <select
              value={choices.headerRow ?? ''}
              onChange={({ target }) => change({ headerRow: target.value === '' ? undefined : Number(target.value) })}
            >
              <option value="">{t('automatic')}</option>
              {Array.from({ length: 20 }, (_, index) => (
                <option key={index} value={index + 1}>
                  {index + 1}
                </option>
              ))}
            </select>
          </Labelled>
        )}
        {text && (
          <Labelled name={t('encoding')}>
            <select value={choices.encoding ?? ''} onChange={({ target }) => change({ encoding: target.value })}>
              <option value="">{[t('automatic'), inspection?.encoding].filter(Boolean).join('：')}</option>
              {encodings.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </Labelled>
        )}
        <CrsChoice choosing={choosing} found={inspection?.crs ?? null} />
        <Labelled name={t('street')} hint={t('streetHint')}>
          <DraftInput value={choices.street ?? ''} onCommit={(street) => change({ street })} />
        </Labelled>
        {collection === 'buildings' && (
          <Labelled name={t('community')} hint={t('communityHint')}>
            <DraftInput
              value={constantOf(choices, 'communityCode')}
              onCommit={(name) => change(withConstant(choices, 'communityCode', name))}
            />
          </Labelled>
        )}
        <Labelled name={t('source')} hint={t('sourceHint')}>
          <DraftInput value={choices.source ?? ''} placeholder={source} onCommit={(name) => change({ source: name })} />
        </Labelled>
      </Fields>
      {inspection !== null && <Notes title={t('notes')} notes={inspection.notes} rowNotes={inspection.rowNotes} />}
    </Section>
  )
}

const named = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const

/** The coordinate system: four by name, all others by their EPSG code. */
function CrsChoice({ choosing, found }: { choosing: Choosing; found: string | null }) {
  const t = useMessages(messages)
  const { choices, change } = choosing
  const isNamed = named.some((name) => name === choices.crs)
  const [numbered, setNumbered] = useState(choices.crs !== undefined && !isNamed)
  return (
    <>
      <Labelled name={t('crs')}>
        <select
          value={numbered ? 'other' : (choices.crs ?? '')}
          onChange={({ target }) => {
            setNumbered(target.value === 'other')
            if (target.value !== 'other') change({ crs: target.value })
          }}
        >
          <option value="">
            {choices.crs === undefined && found !== null ? `${t('automatic')}：${found}` : t('crsFromFile')}
          </option>
          {named.map((name) => (
            <option key={name} value={name}>
              {t(`crsNames.${name}`)}
            </option>
          ))}
          <option value="other">{t('crsNames.other')}</option>
        </select>
      </Labelled>
      {numbered && (
        <Labelled name={t('crsNumber')} hint={t('crsHint')}>
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

/** A text field that commits its value when it loses focus or on Enter, not with each character. */
function DraftInput({
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
    // Changed elsewhere: in another tab, or taken over from an earlier import.
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
