import { useId } from 'react'
import { useMay } from '../../../api/session.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { useFormats } from '../../../ui/use-formats.ts'
import styles from './export-dialog.module.css'
import type { ExportChoice, ExportSubject } from './export-subject.ts'
import { messages } from './messages.ts'
import { pageOf, pixelsOf, posterSizes } from './poster.ts'

const kinds = ['poster', 'incidents', 'areas'] as const
const formats = ['geojson', 'csv'] as const
const levels = ['community', 'grid'] as const
const themes = ['light', 'dark'] as const

/** What to export, and the options of each kind. */
export function ExportOptions(props: {
  choice: ExportChoice
  change: (choice: ExportChoice) => void
  subject: ExportSubject
  disabled: boolean
}) {
  const { choice, change, subject } = props
  const t = useMessages(messages)
  const numbers = useFormats()
  const mayExport = { poster: true, incidents: useMay('export', 'incident'), areas: useMay('export', 'area') }

  const ofKind = (kind: ExportChoice['kind']): ExportChoice => {
    const format = choice.kind === 'poster' ? 'geojson' : choice.format
    switch (kind) {
      case 'poster':
        return { kind, title: t('defaultTitle', { area: subject.areaName }), size: 'a4-150', theme: 'light' }
      case 'incidents':
        return { kind, format }
      case 'areas':
        return { kind, format, level: 'grid' }
    }
  }

  return (
    <fieldset className={styles.options} disabled={props.disabled}>
      <RadioGroup
        legend={t('kind')}
        values={kinds.filter((kind) => mayExport[kind])}
        value={choice.kind}
        label={(kind) => t(`kinds.${kind}`)}
        note={(kind) => t(`kindNotes.${kind}`, { count: numbers.count(subject.count) })}
        onChange={(kind) => change(ofKind(kind))}
      />
      {choice.kind === 'poster' ? <PosterOptions choice={choice} change={change} /> : null}
      {choice.kind === 'areas' ? (
        <RadioGroup
          legend={t('level')}
          values={levels}
          value={choice.level}
          label={(level) => t(`levels.${level}`)}
          onChange={(level) => change({ ...choice, level })}
        />
      ) : null}
      {choice.kind === 'poster' ? null : (
        <RadioGroup
          legend={t('format')}
          values={formats}
          value={choice.format}
          label={(format) => t(`formats.${format}`)}
          onChange={(format) => change({ ...choice, format })}
        />
      )}
    </fieldset>
  )
}

function PosterOptions(props: {
  choice: Extract<ExportChoice, { kind: 'poster' }>
  change: (choice: ExportChoice) => void
}) {
  const { choice, change } = props
  const t = useMessages(messages)
  const screen = pixelsOf(
    pageOf('screen', { width: window.innerWidth, height: window.innerHeight, pixelRatio: window.devicePixelRatio }),
  )
  return (
    <>
      <label className={styles.field}>
        <span>{t('posterTitle')}</span>
        <input
          type="text"
          required
          maxLength={60}
          value={choice.title}
          onChange={(event) => change({ ...choice, title: event.target.value })}
        />
      </label>
      <label className={styles.field}>
        <span>{t('size')}</span>
        <select
          value={choice.size}
          onChange={(event) => {
            const size = posterSizes.find((candidate) => candidate === event.target.value)
            if (size !== undefined) change({ ...choice, size })
          }}
        >
          {posterSizes.map((size) => (
            <option key={size} value={size}>
              {t(`sizes.${size}`, { width: String(screen.width), height: String(screen.height) })}
            </option>
          ))}
        </select>
      </label>
      <RadioGroup
        legend={t('theme')}
        values={themes}
        value={choice.theme}
        label={(theme) => t(`themes.${theme}`)}
        onChange={(theme) => change({ ...choice, theme })}
      />
    </>
  )
}

/** A group of radio buttons. */
function RadioGroup<Value extends string>(props: {
  legend: string
  values: readonly Value[]
  value: Value
  label: (value: Value) => string
  note?: (value: Value) => string
  onChange: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className={styles.choices}>
      <legend>{props.legend}</legend>
      {props.values.map((value) => (
        <label key={value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>
            {props.label(value)}
            {props.note === undefined ? null : <small>{props.note(value)}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
