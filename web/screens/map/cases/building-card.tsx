import { buildingUseLabels, structureLabels } from '@minqing/data/domain/building'
import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import { buildingQuery } from '../../../api/feature.ts'
import { useFormats } from '../../../ui/use-formats.ts'
import { usePlace } from '../map-page.ts'
import { Card } from './card.tsx'
import { Facts } from './facts.tsx'

export function BuildingCard({ code }: { code: string }) {
  const t = useTranslations('cases')
  const language = useLocale()
  const formats = useFormats()
  const { feature } = usePlace()
  const query = useQuery(buildingQuery(code))
  const one = query.data?.properties
  return (
    <Card title={one?.name || t('buildingTitle')} note={code} what={t('theBuilding')} number={code} query={query}>
      {one && (
        <Facts
          facts={[
            { name: t('address'), value: one.address },
            { name: t('estate'), value: one.estate },
            {
              name: t('grid'),
              value: one.gridCode === null ? t('noGrid') : (feature(one.gridCode)?.properties.name ?? one.gridCode),
            },
            { name: t('use'), value: buildingUseLabels[one.use][language] },
            {
              name: t('structure'),
              value: one.structure === 'other' ? null : structureLabels[one.structure][language],
            },
            { name: t('floors'), value: one.floors === null ? null : t('storeys', { count: one.floors }) },
            { name: t('height'), value: one.height === null ? null : t('metres', { count: one.height }) },
            { name: t('units'), value: one.units === null ? null : formats.count(one.units) },
            { name: t('built'), value: one.builtYear === null ? null : t('year', { year: String(one.builtYear) }) },
            {
              name: t('people'),
              value:
                one.households === null && one.residents === null
                  ? null
                  : t('peopleOf', {
                      households: formats.count(one.households ?? 0),
                      residents: formats.count(one.residents ?? 0),
                    }),
            },
          ]}
        />
      )}
    </Card>
  )
}
