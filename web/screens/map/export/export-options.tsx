import { useTranslations } from 'use-intl'
import type { ExportChoice, ExportSubject } from './export-subject.ts'
import styles from './export-dialog.module.css'
import { pageOf, pixelsOf, posterSizes } from './poster-size.ts'
import { Choices } from './choices.tsx'

const kinds = ['poster', 'incidents', 'areas'] as const
const formats = ['geojson', 'csv'] as const
const levels = ['community', 'grid'] as const
const themes = ['light', 'dark'] as const

/** What to take away, and how; each kind has its own questions. */
export function ExportOptions(props: {
  choice: ExportChoice
  change: (choice: ExportChoice) => void
  subject: ExportSubject
  disabled: boolean
}) {
  const { choice, change, subject } = props
  const t = useTranslations('exporting')

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
      <Choices
        legend={t('kind')}
        values={kinds}
        value={choice.kind}
        label={(kind) => t(`kinds.${kind}`)}
        note={(kind) => t(`kindNotes.${kind}`, { count: subject.count.toLocaleString() })}
        onChange={(kind) => change(ofKind(kind))}
      />
      {choice.kind === 'poster' ? <PosterOptions choice={choice} change={change} /> : null}
      {choice.kind === 'areas' ? (
        <Choices
          legend={t('level')}
          values={levels}
          value={choice.level}
          label={(level) => t(`levels.${level}`)}
          onChange={(level) => change({ ...choice, level })}
        />
      ) : null}
      {choice.kind === 'poster' ? null : (
        <Choices
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
  const t = useTranslations('exporting')
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
      <Choices
        legend={t('theme')}
        values={themes}
        value={choice.theme}
        label={(theme) => t(`themes.${theme}`)}
        onChange={(theme) => change({ ...choice, theme })}
      />
    </>
  )
}
