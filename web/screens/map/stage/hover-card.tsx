import { buildingUseLabels, buildingUses } from '@minqing/data/domain/building'
import {
  facilityKindLabels,
  facilityStatusLabels,
  type FacilityKind,
  type FacilityStatus,
} from '@minqing/data/domain/facility'
import { incidentStatusLabels, type IncidentStatus } from '@minqing/data/domain/incident-status'
import { positionSourceLabels, positionSources } from '@minqing/data/domain/position-source'
import { incidentTypeLabels, type IncidentType } from '@minqing/data/domain/incident-type'
import type { Risk } from '@minqing/data/domain/risk'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import type { MapHit } from '../../../map/map-inputs.ts'
import { RiskMark } from '../../../ui/risk-mark.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { countsByArea } from '../../../view/crossfilter.ts'
import { messages as areaMessages } from '../area/messages.ts'
import { messages as incidentMessages } from '../incidents/messages.ts'
import { useCounts, useIncidents, usePlace } from '../map-page.ts'
import styles from './hover-card.module.css'

type Line = { name: string; value: string }

/** Name and figures of the feature under the pointer. The panel shows the same, and more, without a pointer. */
export function HoverCard({ hit }: { hit: MapHit }) {
  const content = useContent(hit)
  if (content === null) return null
  // Right and below the pointer, unless that would leave the window.
  const flipX = hit.x > window.innerWidth - 300
  const flipY = hit.y > window.innerHeight - 260
  const style = {
    transform: `translate(${hit.x}px, ${hit.y}px) translate(${flipX ? 'calc(-100% - 14px)' : '14px'}, ${flipY ? 'calc(-100% - 14px)' : '14px'})`,
  }
  return (
    <div className={styles.card} style={style} aria-hidden="true">
      <p className={styles.title}>{content.title}</p>
      {content.note !== '' && <p className={styles.note}>{content.note}</p>}
      {content.risk && <RiskMark risk={content.risk} named />}
      <dl className={styles.lines}>
        {content.lines.map(({ name, value }) => (
          <div key={name} className={styles.line}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function useContent(hit: MapHit): { title: string; note: string; risk?: Risk; lines: Line[] } | null {
  const language = useLanguage()
  const formats = useFormats()
  const t = useMessages(areaMessages)
  const c = useMessages(incidentMessages)
  const { feature } = usePlace()
  const { tally, places } = useCounts()
  const { aggregate } = useIncidents()
  const text = (key: string) => (typeof hit.properties[key] === 'string' ? hit.properties[key] : '')
  const number = (key: string) => (typeof hit.properties[key] === 'number' ? hit.properties[key] : null)
  const known = (lines: (Line | null)[]) => lines.filter((line) => line !== null)

  const positionLine = (written: string) => {
    const source = positionSources.find((one) => one === written)
    return source === undefined || source === 'measured'
      ? null
      : { name: c('positioned'), value: positionSourceLabels[source][language] }
  }

  switch (hit.kind) {
    case 'area': {
      const area = feature(hit.id)?.properties
      if (area === undefined) return null
      const counted = tally && places && countsByArea(tally, places, hit.id.length).get(hit.id)
      // An aggregate knows its streets alone; elsewhere an area that is not counted has no case.
      const counts = counted ?? (tally && aggregate === null ? { total: 0, open: 0 } : null)
      return {
        title: area.name,
        note: area.code,
        lines: known([
          area.households === null ? null : { name: t('households'), value: formats.count(area.households) },
          counts ? { name: t('incidents'), value: formats.count(counts.total) } : null,
          counts ? { name: t('open'), value: formats.count(counts.open) } : null,
          area.worker === null
            ? area.leader === null
              ? null
              : { name: t('leaderRole', { level: area.level }), value: area.leader }
            : { name: t('worker'), value: [area.worker, area.workerPhone].filter(Boolean).join(' ') },
        ]),
      }
    }
    case 'building': {
      const use = buildingUses.find((option) => option === text('use'))
      const floors = number('floors')
      const built = number('builtYear')
      return {
        title: text('name') || c('building'),
        note: hit.id,
        lines: known([
          use ? { name: c('use'), value: buildingUseLabels[use][language] } : null,
          floors === null ? null : { name: c('floors'), value: c('storeys', { count: floors }) },
          built === null ? null : { name: c('built'), value: c('year', { year: String(built) }) },
          positionLine(text('positionSource')),
        ]),
      }
    }
    case 'facility':
      return {
        title: text('name') || c('facility'),
        note: facilityKindLabels[text('kind') as FacilityKind]?.[language] ?? '',
        lines: known([
          positionLine(text('positionSource')),
          text('status') === '' || text('status') === 'not_applicable'
            ? null
            : { name: c('status'), value: facilityStatusLabels[text('status') as FacilityStatus][language] },
        ]),
      }
    case 'incident': {
      const type = incidentTypeLabels[text('type') as IncidentType]
      const status = incidentStatusLabels[text('status') as IncidentStatus]
      return {
        title: type?.[language] ?? c('incident'),
        note: hit.id.slice(10),
        risk: (text('risk') || undefined) as Risk | undefined,
        lines: known([
          ...(JSON.parse(text('lines') || '[]') as Line[]),
          status ? { name: c('status'), value: status[language] } : null,
          positionLine(text('positionSource')),
        ]),
      }
    }
  }
}
