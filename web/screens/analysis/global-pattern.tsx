import { type GlobalFigures, globalPatternOf } from '@minqing/data/domain/global-figures'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Section } from '../../ui/section.tsx'
import { unknown } from '../../ui/use-formats.ts'
import styles from './analysis-screen.module.css'

const messages = defineMessages({
  zh: {
    title: '总体格局',
    text: '{pattern, select, high {高值与高值相邻：从全区看，事件明显聚集。} low {低值与低值相邻：从全区看，事件少的地方连成片。} clustered {相邻单元的数值相近：从全区看，存在聚集。} dispersed {高低相间：相邻单元的差别比偶然情况更大。} random {从全区看，分布与偶然情况没有可靠的差别；个别地方仍可能是热点。} other {单元太少或数值相同，无法判断总体格局。}}',
    statistic: '统计量',
    moran: '莫兰指数 I',
    geary: '吉里指数 C',
    generalG: '广义 G',
    moranHint: '高于期望：相邻单元相近；低于期望：高低相间',
    gearyHint: '小于 1：相邻单元相近；大于 1：高低相间',
    generalGHint: '高于期望：高值相邻；低于期望：低值相邻',
    value: '数值',
    expected: '随机时',
    z: 'z',
    p: 'p',
  },
  en: {
    title: 'Overall pattern',
    text: '{pattern, select, high {High values lie beside high ones: over the whole area, incidents cluster.} low {Low values lie beside low ones: over the whole area, quiet places lie together.} clustered {Neighbours are alike: over the whole area, there is clustering.} dispersed {High and low alternate: neighbours differ more than by chance.} random {Over the whole area, nothing differs reliably from chance; single places may still be hot spots.} other {There are too few units, or all are equal: nothing can be said of the whole.}}',
    statistic: 'Statistic',
    moran: 'Moran’s I',
    geary: 'Geary’s C',
    generalG: 'General G',
    moranHint: 'Above what is expected: neighbours are alike; below: high and low alternate',
    gearyHint: 'Below 1: neighbours are alike; above: high and low alternate',
    generalGHint: 'Above what is expected: high values lie together; below: low ones',
    value: 'Value',
    expected: 'By chance',
    z: 'z',
    p: 'p',
  },
})

const statistics = [
  ['moran', 'moranHint'],
  ['geary', 'gearyHint'],
  ['generalG', 'generalGHint'],
] as const

/** Whether incidents cluster on the whole: one sentence, and the figures that it follows from. */
export function GlobalPattern({ figures }: { figures: GlobalFigures }) {
  const t = useMessages(messages)
  const rows = { moran: figures.moran, geary: figures.geary, generalG: figures.generalG }
  return (
    <Section title={t('title')} text={t('text', { pattern: globalPatternOf(figures) })} level={3}>
      <table className={`${styles.table} ${styles.numbers}`}>
        <thead>
          <tr>
            {(['statistic', 'value', 'expected', 'z', 'p'] as const).map((column) => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {statistics.map(([name, hint]) => {
            const { value, expected, z, p } = rows[name]
            return (
              <tr key={name} title={t(hint)}>
                <th scope="row">{t(name)}</th>
                <td>{shortText(value)}</td>
                <td>{shortText(expected)}</td>
                <td>{z === null ? unknown : z.toFixed(2)}</td>
                <td>{p === null ? unknown : p < 0.001 ? '<0.001' : p.toFixed(3)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Section>
  )
}

/** General G of many units is small: three digits that say something. */
function shortText(value: number | null): string {
  if (value === null) return unknown
  return Math.abs(value) >= 0.1 || value === 0 ? value.toFixed(3) : value.toPrecision(2)
}
