import { buildingUseLabels } from '@minqing/data/domain/building'
import { facilityKindLabels, facilityKinds } from '@minqing/data/domain/facility'
import type { AreaProfile } from '@minqing/data/domain/summary'
import { useLocale, useTranslations } from 'use-intl'
import { useFormats } from '../../../ui/use-formats.ts'
import { PanelSection } from '../panel-section.tsx'
import styles from './building-uses.module.css'

/** What the area is built of, and the facilities in it. */
export function BuildingUses({ profile }: { profile: AreaProfile }) {
  const t = useTranslations('area')
  const language = useLocale()
  const formats = useFormats()
  const { buildings, facilities } = profile
  const uses = buildings.byUse.toSorted((a, b) => b.count - a.count)
  const longest = Math.max(1, ...uses.map(({ count }) => count))
  return (
    <>
      <PanelSection title={t('buildings')} aside={t('buildingsTotal', { count: buildings.count })}>
        {uses.length === 0 ? (
          <p>{t('noBuildings')}</p>
        ) : (
          <dl className={styles.uses}>
            {uses.map(({ use, count }) => (
              <div key={use} className={styles.use}>
                <dt>{buildingUseLabels[use][language]}</dt>
                <dd className={styles.track}>
                  <span className={styles.bar} style={{ inlineSize: `${(count / longest) * 100}%` }} />
                  <span className={styles.count}>{formats.count(count)}</span>
                </dd>
              </div>
            ))}
          </dl>
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
