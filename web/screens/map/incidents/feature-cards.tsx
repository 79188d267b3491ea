import { buildingUseLabels, structureLabels } from '@minqing/data/domain/building'
import { facilityKindLabels, facilityStatusLabels } from '@minqing/data/domain/facility'
import { useQuery } from '@tanstack/react-query'
import { buildingQuery, facilityQuery } from '../../../api/collections.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { useFormats } from '../../../ui/use-formats.ts'
import type { MapTarget } from '../../../view/parameters.ts'
import { usePlace } from '../map-page.ts'
import { Card, Facts, usePositioned } from './card.tsx'
import { IncidentCard } from './incident-card.tsx'
import { messages } from './messages.ts'

/** The object that is selected on the map. */
export function SelectedCard({ target: { kind, id } }: { target: MapTarget }) {
  switch (kind) {
    case 'incident':
      return <IncidentCard key={id} id={id} />
    case 'building':
      return <BuildingCard key={id} code={id} />
    case 'facility':
      return <FacilityCard key={id} id={id} />
    case 'area':
      return null
  }
}

function BuildingCard({ code }: { code: string }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { feature } = usePlace()
  const positioned = usePositioned()
  const query = useQuery(buildingQuery(code))
  const one = query.data?.properties
  return (
    <Card title={one?.name || t('building')} note={code} what={t('building')} number={code} query={query}>
      {one && (
        <Facts
          facts={[
            { name: t('address'), value: one.address },
            { name: t('estate'), value: one.estate },
            { name: t('positioned'), value: one.positionSource === 'measured' ? null : positioned(one) },
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
              name: t('population'),
              value:
                one.households === null && one.residents === null
                  ? null
                  : t('populationValue', {
                      households: formats.count(one.households),
                      residents: formats.count(one.residents),
                    }),
            },
          ]}
        />
      )}
    </Card>
  )
}

function FacilityCard({ id }: { id: string }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const { feature } = usePlace()
  const query = useQuery(facilityQuery(id))
  const one = query.data?.properties
  return (
    <Card title={one?.name || t('facility')} note={one?.id ?? id} what={t('facility')} number={id} query={query}>
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
