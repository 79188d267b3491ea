import { facilityKindLabels, facilityStatusLabels } from '@minqing/data/domain/facility'
import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import { facilityQuery } from '../../../api/feature.ts'
import { usePlace } from '../map-page.ts'
import { Card } from './card.tsx'
import { Facts } from './facts.tsx'

export function FacilityCard({ id }: { id: string }) {
  const t = useTranslations('cases')
  const language = useLocale()
  const { feature } = usePlace()
  const query = useQuery(facilityQuery(id))
  const one = query.data?.properties
  return (
    <Card
      title={one?.name || t('facilityTitle')}
      note={one?.id ?? id}
      what={t('theFacility')}
      number={id}
      query={query}
    >
      {one && (
        <Facts
          facts={[
            { name: t('kind'), value: facilityKindLabels[one.kind][language] },
            {
              name: t('status'),
              value: one.status === 'not_applicable' ? null : facilityStatusLabels[one.status][language],
            },
            { name: t('address'), value: one.address },
            {
              name: t('grid'),
              value: one.gridCode === null ? null : (feature(one.gridCode)?.properties.name ?? one.gridCode),
            },
            { name: t('phone'), value: one.phone && <a href={`tel:${one.phone}`}>{one.phone}</a> },
          ]}
        />
      )}
    </Card>
  )
}
