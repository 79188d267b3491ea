import { analysisBasisLabels, analysisUnitLabels, countedOriginLabels } from '@minqing/data/domain/analysis'
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import type { AnalysisResult } from '../../api/analyses.ts'
import { areaFeaturesQuery } from '../../api/collections.ts'
import { statusQuery } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import type { MapHandle } from '../../map/map-inputs.ts'
import { filterText, periodText } from '../map/export/export-text.ts'
import { messages as exportMessages } from '../map/export/messages.ts'
import { PrintForm } from '../print/print-form.tsx'
import { WideDialog } from '../print/wide-dialog.tsx'
import { messages, methodMessages } from './messages.ts'
import { useChoiceText } from './choices.tsx'

/** Prints the map of a result, with its method and parameters. */
export function PrintResult({
  result,
  map,
  onClose,
}: {
  result: AnalysisResult
  map: RefObject<MapHandle | null>
  onClose: () => void
}) {
  const t = useMessages(messages)
  const exported = useMessages(exportMessages)
  const methodText = useMessages(methodMessages)
  const choiceText = useChoiceText()
  const language = useLanguage()
  const { analysis } = result
  const { filter, method, unit, counted, basis } = analysis.question
  const { data: status } = useQuery(statusQuery())
  const street = status?.streets.find(({ code }) => code === filter.area?.slice(0, 9)) ?? status?.streets[0]
  const { data: areas } = useQuery(areaFeaturesQuery(street?.code))
  const community = areas?.communities.features.find(({ properties }) => properties.code === filter.area)
  const areaName = community?.properties.name ?? street?.name ?? ''
  const parts = [
    filterText(filter, language, exported),
    countedOriginLabels[counted][language],
    ...(basis === 'published' ? [analysisBasisLabels[basis][language]] : []),
    exported('filter.total', { count: analysis.incidents.toLocaleString(language) }),
  ]
  const parameters = [analysisUnitLabels[unit][language], ...analysis.chosen.map(choiceText)]
  return (
    <WideDialog title={t('print')} onClose={onClose}>
      <PrintForm
        map={map}
        onClose={onClose}
        subject={{
          title: t('printTitle', { area: areaName, method: methodText(method) }),
          areaName,
          streetName: street?.name ?? '',
          streetCode: street?.code,
          subject: parts.join(exported('filter.separator')),
          period: periodText(filter, exported),
          method: [methodText(method), ...parameters].join(exported('filter.separator')),
          demo: street?.demo ?? false,
          asOf: status?.asOf ?? null,
          series: { community: [], grid: [] },
          time: null,
        }}
      />
    </WideDialog>
  )
}
