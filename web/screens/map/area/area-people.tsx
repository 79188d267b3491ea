import { ageBands } from '@minqing/data/domain/resident'
import type { AreaProfile } from '@minqing/data/domain/summary'
import { useTranslations } from 'use-intl'
import { Pyramid } from '../../../ui/pyramid.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { PanelSection } from '../panel-section.tsx'
import styles from './area-people.module.css'

/** Households, residents, elderly living alone, and the age structure by sex. */
export function AreaPeople({ profile }: { profile: AreaProfile }) {
  const t = useTranslations('area')
  const formats = useFormats()
  const { population, area } = profile
  // Imported streets often bring only the numbers of their areas, and no residents.
  const households = population.households || area.households
  const residents = population.residents || area.residents
  const figures = [
    { name: t('households'), value: households, unit: t('unitHouseholds') },
    { name: t('residents'), value: residents, unit: t('unitPeople') },
    {
      name: t('elderlyAlone'),
      value: population.residents > 0 ? population.elderlyLivingAlone : null,
      unit: t('unitPeople'),
    },
  ]
  const unknown = population.byAge.reduce((sum, band) => sum + band.unknown, 0)
  const rows = ageBands
    .map(({ id }) => {
      const counts = population.byAge.find(({ band }) => band === id)
      const label = id === '80+' ? t('ageOver') : t('age', { band: id.replace('-', '–') })
      return { key: id, label, left: counts?.male ?? 0, right: counts?.female ?? 0 }
    })
    .toReversed()
  return (
    <PanelSection title={t('people')}>
      <dl className={styles.figures}>
        {figures.map(({ name, value, unit }) => (
          <div key={name} className={styles.figure}>
            <dt>{name}</dt>
            <dd>
              {value === null ? '—' : formats.count(value)}
              <span className={styles.unit}>{value === null ? '' : unit}</span>
            </dd>
          </div>
        ))}
      </dl>
      {population.residents === 0 ? (
        <p className={styles.none}>{t('noPeople')}</p>
      ) : (
        <Pyramid
          bandName={t('band')}
          title={t('ages')}
          leftName={t('male')}
          rightName={t('female')}
          rows={rows}
          format={formats.count}
        />
      )}
      {unknown > 0 && <p className={styles.none}>{t('sexUnknown', { count: formats.count(unknown) })}</p>}
    </PanelSection>
  )
}
