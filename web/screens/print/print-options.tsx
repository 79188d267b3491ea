import {
  orientations,
  printFormats,
  resolutions,
  sheetNames,
  sheets,
  type PageSetup,
} from '@minqing/data/domain/page-setup'
import type { ReactNode } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Checkbox, RadioGroup, SelectOne, TextLine } from './choices.tsx'
import { messages } from './messages.ts'
import styles from './print-form.module.css'

const themes = ['light', 'dark'] as const

/** How a page is set up; an animation has neither format nor resolution. */
export function PageOptions({
  setup,
  change,
  withFormat,
  children,
}: {
  setup: PageSetup
  change: (part: Partial<PageSetup>) => void
  withFormat: boolean
  /** Below imprint and notes. */
  children: ReactNode
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  return (
    <>
      <div className={styles.pair}>
        <SelectOne
          label={t('sheet')}
          values={sheetNames}
          value={setup.sheet}
          name={(sheet) => sheets[sheet].label[language]}
          onChange={(sheet) => change({ sheet })}
        />
        <SelectOne
          label={t('orientation')}
          values={orientations}
          value={setup.orientation}
          name={(orientation) => t(`orientations.${orientation}`)}
          onChange={(orientation) => change({ orientation })}
        />
        {withFormat ? (
          <>
            <SelectOne
              label={t('format')}
              values={printFormats}
              value={setup.format}
              name={(format) => t(`formats.${format}`)}
              onChange={(format) => change({ format })}
            />
            <SelectOne
              label={t('resolution')}
              values={resolutions}
              value={setup.dotsPerInch}
              name={(dots) => t('dpi', { dots: String(dots) })}
              onChange={(dotsPerInch) => change({ dotsPerInch })}
            />
          </>
        ) : null}
      </div>
      <RadioGroup
        legend={t('theme')}
        values={themes}
        value={setup.theme}
        label={(theme) => t(`themes.${theme}`)}
        onChange={(theme) => change({ theme })}
      />
      <div className={styles.choices}>
        <Checkbox checked={setup.graticule} onChange={(graticule) => change({ graticule })}>
          {t('graticule')}
        </Checkbox>
        <Checkbox checked={setup.internal} onChange={(internal) => change({ internal })}>
          {t('internalMark')}
        </Checkbox>
      </div>
      <details className={styles.more}>
        <summary>{t('more')}</summary>
        <div className={styles.pair}>
          <TextLine label={t('authorField')} value={setup.author} most={60} onChange={(author) => change({ author })} />
          <TextLine
            label={t('approvalField')}
            value={setup.approval}
            most={60}
            onChange={(approval) => change({ approval })}
          />
        </div>
        <TextLine
          label={t('notesField')}
          value={setup.notes}
          most={400}
          rows={2}
          onChange={(notes) => change({ notes })}
        />
        {children}
      </details>
    </>
  )
}
