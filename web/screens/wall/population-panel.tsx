import { ageBands } from '@minqing/data/domain/resident'
import type { WallPopulation } from '@minqing/data/domain/wall'
import { defineMessages, useMessages, type TranslatorOf } from '../../i18n/messages.ts'
import { Figure, Panel } from './panel.tsx'
import styles from './bars.module.css'
import type { WallFormat } from './wall-format.ts'

const messages = defineMessages({
  zh: {
    title: '人口与年龄结构',
    residents: '实有人口',
    households: '户数',
    alone: '独居老人',
    people: '人',
    householdUnit: '户',
    band: '{from}–{to}岁',
    notListed: '居民未逐人登记，因此不显示年龄结构。',
    bandOver: '{from}岁以上',
  },
  en: {
    title: 'Population by age',
    residents: 'Residents',
    households: 'Households',
    alone: 'Elderly alone',
    people: '',
    householdUnit: '',
    band: '{from}–{to}',
    notListed: 'Residents are not registered individually, so ages are not known.',
    bandOver: '{from}+',
  },
})

/** How many people live here, and how old they are. */
export function PopulationPanel(props: { population: WallPopulation; format: WallFormat }) {
  const { population, format } = props
  const t = useMessages(messages)
  // Where people are counted and not listed, nobody's age is known: that is not none.
  const listed = population.byAge.some(({ count }) => count > 0)
  const longest = Math.max(1, ...population.byAge.map((row) => row.count))
  return (
    <Panel title={t('title')}>
      <div className={styles.figures}>
        <dl>
          <Figure label={t('residents')} value={format.number(population.residents)} unit={t('people')} />
        </dl>
        <dl className={styles.beside}>
          <Figure
            label={t('households')}
            value={format.number(population.households)}
            unit={t('householdUnit')}
            size="side"
          />
          <Figure
            label={t('alone')}
            value={listed ? format.number(population.elderlyLivingAlone) : '—'}
            unit={listed ? t('people') : ''}
            size="side"
          />
        </dl>
      </div>
      {listed ? (
        <ul className={styles.bars}>
          {population.byAge.map((row) => (
            <li key={row.band}>
              <span className={styles.name}>{bandName(row.band, t)}</span>
              <span className={styles.track} aria-hidden="true">
                <i style={{ inlineSize: `${(100 * row.count) / longest}%` }} />
              </span>
              <span className={styles.count}>{format.number(row.count)}</span>
              <span className={styles.aside}>{format.share({ count: row.count, of: population.residents })}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p>{t('notListed')}</p>
      )}
    </Panel>
  )
}

function bandName(id: (typeof ageBands)[number]['id'], t: TranslatorOf<typeof messages>): string {
  const band = ageBands.find((candidate) => candidate.id === id)
  if (band === undefined) return id
  return band.to >= 200
    ? t('bandOver', { from: String(band.from) })
    : t('band', { from: String(band.from), to: String(band.to - 1) })
}
