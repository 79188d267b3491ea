import { type FigureName, figureOf, type FigurePart, type FigureValue } from '@minqing/data/domain/figures'
import type { MouseEvent } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './figures.module.css'
import { messages } from './messages.ts'
import type { ChangeFigures } from './use-figure-view.ts'

/** A count that opens its cases, at an address of its own. */
export function CountLink({
  figure,
  part,
  count,
  group,
  within,
  change,
}: {
  figure: FigureName
  part: FigurePart
  count: number
  /** Key and name of one group; all without it. */
  group?: { key: string; name: string } | undefined
  /** Another area and period than those chosen. */
  within?: { area: string; name: string; from: string; to: string } | undefined
  change: ChangeFigures
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { label, numerator, denominator, unknown } = figureOf(figure)
  const partLabel = { numerator, denominator, unknown }[part]
  const target = new URLSearchParams(location.search)
  target.set('figure', figure)
  target.set('part', part)
  target.delete('key')
  if (group !== undefined) target.set('key', group.key)
  const { name: areaName, ...elsewhere } = within ?? { name: undefined }
  for (const [name, value] of Object.entries(elsewhere)) target.set(name, value)
  const open = (event: MouseEvent) => {
    // A new tab or window is the browser's.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    change({ figure, part, key: group?.key ?? null, ...elsewhere })
  }
  const of = group?.name ?? areaName
  const name = t('openPart', { figure: label[language], part: partLabel?.[language] ?? '', count })
  return (
    <a
      className={styles.count}
      href={`?${target}`}
      onClick={open}
      aria-label={of === undefined ? name : `${of}：${name}`}
      title={partLabel?.[language]}
    >
      {formats.count(count)}
    </a>
  )
}

/** The value as it is read: a rate in percent, a count by itself; unknown where nothing is divided. */
export function useFigureText(): (value: Pick<FigureValue, 'figure' | 'value'>) => string {
  const formats = useFormats()
  return ({ figure, value }) => (figureOf(figure).unit === 'rate' ? formats.percent(value) : formats.count(value))
}
