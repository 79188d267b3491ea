import { boundsOf } from '../../../view/camera.ts'
import { countsByArea } from '../../../view/crossfilter.ts'
import { codeLength } from '@minqing/data/domain/area-code'
import { exportCollections } from '@minqing/data/domain/export'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { FeatureCollection } from 'geojson'
import { useState } from 'react'
import { useMay } from '../../../api/session.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { unknown, useFormats } from '../../../ui/use-formats.ts'
import { RadioGroup } from '../../print/choices.tsx'
import { WideDialog } from '../../print/wide-dialog.tsx'
import { PrintForm } from '../../print/print-form.tsx'
import type { PrintArea, PrintSubject, PrintTime } from '../../print/print-subject.ts'
import { useCounts, useFreshness, useIncidents, usePlace } from '../map-page.ts'
import { DataForm } from './data-form.tsx'
import type { ExportSubject } from './export-subject.ts'
import { filterText, periodText } from './export-text.ts'
import { messages } from './messages.ts'
import styles from './export-dialog.module.css'

const kinds = ['map', ...exportCollections] as const

/** Exports the current view: as a map for print, or as data for other programs. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages(messages)
  const numbers = useFormats()
  const { map } = usePlace()
  const { data, print } = useSubjects()
  const { asOf } = useFreshness()
  const [kind, setKind] = useState<(typeof kinds)[number]>('map')
  const mayExport = {
    map: true,
    incidents: useMay('export', 'incident'),
    areas: useMay('export', 'area'),
    buildings: useMay('export', 'building'),
    facilities: useMay('export', 'facility'),
  }
  return (
    <WideDialog title={t('title')} onClose={onClose}>
      <div className={styles.kinds}>
        <RadioGroup
          legend={t('kind')}
          values={kinds.filter((candidate) => mayExport[candidate] && (asOf === null || candidate === 'map'))}
          value={kind}
          label={(value) => t(`kinds.${value}`)}
          note={(value) => t(`kindNotes.${value}`, { count: numbers.count(data.count) })}
          onChange={setKind}
        />
      </div>
      {asOf !== null && <p className={styles.note}>{t('onlyNow')}</p>}
      {kind === 'map' ? (
        <PrintForm subject={print} map={map} onClose={onClose} />
      ) : (
        <DataForm key={kind} collection={kind} subject={data} onClose={onClose} />
      )}
    </WideDialog>
  )
}

/** What the map page knows of what it shows. */
function useSubjects(): { data: ExportSubject; print: PrintSubject } {
  const t = useMessages(messages)
  const language = useLanguage()
  const { filter, columns } = useIncidents()
  const { street, area, feature, areas } = usePlace()
  const { tally, places = [] } = useCounts()
  const { status, asOf } = useFreshness()
  const streetName = street?.name ?? ''
  const areaName = (area === undefined ? undefined : feature(area)?.properties.name) ?? streetName
  const count = tally?.total ?? null
  const within = area ?? street?.code ?? ''
  const subjectOf = (total: number | null) =>
    [filterText(filter, language, t), t('filter.total', { count: total?.toLocaleString(language) ?? unknown })].join(
      t('filter.separator'),
    )
  const listed = (collection: FeatureCollection | undefined, level: 'community' | 'grid'): PrintArea[] => {
    const counts = tally === undefined ? undefined : countsByArea(tally, places, codeLength[level])
    const totalOf = (code: string) => (counts === undefined ? null : (counts.get(code)?.total ?? 0))
    return areasWithin(collection, within).map((own) => ({ ...own, subject: subjectOf(totalOf(own.code)) }))
  }
  return {
    data: { filter, areaName, count },
    print: {
      title: t('defaultTitle', { area: areaName }),
      areaName,
      streetName,
      streetCode: street?.code,
      subject: subjectOf(count),
      period: periodText(filter, t),
      method: '',
      demo: street?.demo ?? false,
      asOf: asOf ?? status?.asOf ?? null,
      series: { community: listed(areas?.communities, 'community'), grid: listed(areas?.grids, 'grid') },
      time: columns === undefined || tally === undefined ? null : timeOf(columns.reported, tally.mask, filter),
    },
  }
}

/** Null where the counts come from the server and no incident is known by itself. */
function timeOf(reported: Uint32Array, mask: Uint8Array, { from, to }: IncidentFilter): PrintTime | null {
  const [first, last] = [reported[0], reported.at(-1)]
  if (first === undefined || last === undefined || mask.length !== reported.length) return null
  const seconds = (instant: string) => Date.parse(instant) / 1000
  return {
    reported,
    mask,
    from: from === undefined ? first : seconds(from),
    to: to === undefined ? last + 1 : seconds(to),
  }
}

/** The areas below one, by their codes. */
function areasWithin(collection: FeatureCollection | undefined, code: string): Omit<PrintArea, 'subject'>[] {
  return (collection?.features ?? []).flatMap(({ geometry, properties }) => {
    const own: unknown = properties?.['code']
    const name: unknown = properties?.['name']
    const box = boundsOf(geometry)
    return typeof own === 'string' && typeof name === 'string' && own.startsWith(code) && own !== code && box !== null
      ? [{ code: own, name, box }]
      : []
  })
}
