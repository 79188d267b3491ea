import { ageBands } from '@minqing/data/domain/resident'
import type { WallPopulation } from '@minqing/data/domain/wall'
import { defineMessages, useMessages, type TranslatorOf } from '../../../i18n/messages.ts'
import { defineWallPanel, Figure, Frame, type WallView } from './panel.tsx'
import { Bars } from '../../../ui/bar-list.tsx'
import styles from './bars.module.css'
import { pictureQuery } from '../wall-queries.ts'

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
export const populationPanel = defineWallPanel({
  id: 'population',
  query: ({ area }) => pictureQuery(area, ({ population }) => population),
  View,
  smallest: { width: 40, height: 24 },
})

function View({ data, wall }: { data: WallPopulation; wall: WallView }) {
  const population = data
  const { format } = wall
  const t = useMessages(messages)
  const bars = population.byAge.map(({ band, count }) => ({
    key: band,
    label: bandName(band, t),
    count,
    value: <b>{format.number(count)}</b>,
    aside: format.share({ count, of: population.residents }),
  }))
  return (
    <Frame title={t('title')}>
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
            value={format.number(population.elderlyLivingAlone)}
            unit={population.elderlyLivingAlone === null ? '' : t('people')}
            size="side"
          />
        </dl>
      </div>
      {population.byAge.length > 0 ? <Bars bars={bars} className={styles.bars} /> : <p>{t('notListed')}</p>}
    </Frame>
  )
}

function bandName(id: (typeof ageBands)[number]['id'], t: TranslatorOf<typeof messages>): string {
  const band = ageBands.find((candidate) => candidate.id === id)
  if (band === undefined) return id
  return band.to >= 200
    ? t('bandOver', { from: String(band.from) })
    : t('band', { from: String(band.from), to: String(band.to - 1) })
}
