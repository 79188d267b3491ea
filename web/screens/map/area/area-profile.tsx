import { buildingUseLabels } from '@minqing/data/domain/building'
import { facilityKindLabels, facilityKinds } from '@minqing/data/domain/facility'
import { ageBands } from '@minqing/data/domain/resident'
import type { AreaProfile } from '@minqing/data/domain/summary'
import type { FeatureCollection } from 'geojson'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Bars } from '../../../ui/bar-list.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Pyramid } from '../../../ui/pyramid.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { PanelSection } from '../panel-parts.tsx'
import styles from './area-profile.module.css'
import { messages } from './messages.ts'

/** People responsible for the area, with links to call them. */
export function Contacts({ profile }: { profile: AreaProfile }) {
  const t = useMessages(messages)
  const { level, leader, leaderPhone, worker, workerPhone } = profile.area
  const people = [
    { role: t('leaderRole', { level }), name: leader, phone: leaderPhone },
    { role: t('worker'), name: worker, phone: workerPhone },
  ].filter(({ name }) => name !== null && name !== '')
  if (people.length === 0) return <p className={styles.noContact}>{t('noContact')}</p>
  return (
    <ul className={styles.list}>
      {people.map(({ role, name, phone }) => (
        <li key={role} className={styles.person}>
          <span className={styles.role}>{role}</span>
          <span className={styles.name}>{name}</span>
          {phone && (
            <a className={styles.phone} href={`tel:${phone}`} aria-label={t('call', { name: name ?? '', phone })}>
              <Icon name="phone" size={14} />
              {phone}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

/**
 * Households and people of an area, null where they are not known. Imported areas often have only totals and no
 * registered residents, and not everybody may see those; without them nobody knows who lives alone.
 */
export function populationOf({ population, area }: Pick<AreaProfile, 'population' | 'area'>) {
  return {
    households: population.households || area.households,
    residents: population.residents || area.residents,
    elderlyLivingAlone: areAgesKnown(population) ? population.elderlyLivingAlone : null,
  }
}

function areAgesKnown({ byAge }: AreaProfile['population']): boolean {
  return byAge.some(({ male, female, unknown }) => male + female + unknown > 0)
}

/** Households, residents, elderly living alone, and the age structure by sex. */
export function AreaPeople({ profile }: { profile: AreaProfile }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const { population } = profile
  const { households, residents, elderlyLivingAlone } = populationOf(profile)
  const figures = [
    { name: t('households'), value: households, unit: t('householdUnit') },
    { name: t('residents'), value: residents, unit: t('peopleUnit') },
    { name: t('elderlyAlone'), value: elderlyLivingAlone, unit: t('peopleUnit') },
  ]
  const unregistered = population.byAge.reduce((sum, band) => sum + band.unknown, 0)
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
              {formats.count(value)}
              <span className={styles.unit}>{value === null ? '' : unit}</span>
            </dd>
          </div>
        ))}
      </dl>
      {!areAgesKnown(population) ? (
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
      {unregistered > 0 && <p className={styles.none}>{t('sexUnknown', { count: formats.count(unregistered) })}</p>}
    </PanelSection>
  )
}

/** Buildings by use, and the number of facilities of each kind. */
export function BuildingsAndFacilities({ profile }: { profile: AreaProfile }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { buildings, facilities } = profile
  const uses = buildings.byUse.toSorted((a, b) => b.count - a.count)
  return (
    <>
      <PanelSection title={t('buildings')} aside={t('buildingCount', { count: buildings.count })}>
        {uses.length === 0 ? (
          <p>{t('noBuildings')}</p>
        ) : (
          <Bars
            bars={uses.map(({ use, count }) => ({
              key: use,
              label: buildingUseLabels[use][language],
              count,
              value: formats.count(count),
            }))}
          />
        )}
      </PanelSection>
      {facilities.length > 0 && (
        <PanelSection title={t('facilities')}>
          <dl className={styles.facilities}>
            {facilityKinds.flatMap((kind) =>
              facilities
                .filter((facility) => facility.kind === kind)
                .map(({ count }) => (
                  <div key={kind} className={styles.facility}>
                    <dt>{facilityKindLabels[kind][language]}</dt>
                    <dd>{formats.count(count)}</dd>
                  </div>
                )),
            )}
          </dl>
        </PanelSection>
      )}
    </>
  )
}

/** Households of areas together; null where one's number is not known, or there is no area. */
export function sumHouseholds(areas: FeatureCollection | undefined): number | null {
  const numbers = areas?.features.map(({ properties }): unknown => properties?.['households']) ?? []
  if (numbers.length === 0 || !numbers.every((number) => typeof number === 'number')) return null
  return numbers.reduce((sum, number) => sum + number, 0)
}
