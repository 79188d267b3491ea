import { homeDayNumber, startOfHomeDay } from '@minqing/data/domain/local-time'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type AskedQuestion, analysisResultQuery, analysisStateQuery, askQuery, goesOn } from '../../../api/analyses.ts'
import { useMessages } from '../../../i18n/messages.ts'
import type { AnalysisOverlay } from '../../../map/map-inputs.ts'
import { messages } from '../../analysis/messages.ts'
import { overlayFeatures } from '../../analysis/overlay.ts'
import { useFreshness, usePlace } from '../map-page.ts'

/** Days that are looked back on, today included. */
const days = 90
/** Milliseconds after which the same is asked of newer data. */
const renewal = 15 * 60_000

type Props = { onOverlay: (overlay: AnalysisOverlay | undefined) => void }

/** Reads the current hot spots of the street that is shown, while their layer is switched on. Renders nothing. */
export function CurrentHotSpots({ onOverlay }: Props) {
  const { street } = usePlace()
  const { now, status } = useFreshness()
  if (street === undefined || status === undefined) return null
  return <HotSpotsOf key={street.code} street={street.code} today={homeDayNumber(now * 1000)} onOverlay={onOverlay} />
}

/**
 * Those of a street in the last days: the question is the same all day and for everybody of the same scope, so that it is
 * computed once.
 *
 * @param today local day number
 */
function HotSpotsOf({ street, today, onOverlay }: Props & { street: string; today: number }) {
  const t = useMessages(messages)
  const question = useMemo<AskedQuestion>(
    () => ({
      method: 'hot-spots',
      unit: 'square',
      filter: { area: street, from: instantOf(today - days + 1), to: instantOf(today + 1) },
    }),
    [street, today],
  )
  const asked = useQuery({ ...askQuery(question), refetchInterval: renewal })
  const id = asked.data?.id
  const state = useQuery({ ...analysisStateQuery(id), enabled: id !== undefined && goesOn(asked.data) })
  const isDone = asked.data?.state === 'done' || state.data?.state === 'done'
  const { data: result } = useQuery(analysisResultQuery(isDone ? id : undefined))
  const overlay = useMemo<AnalysisOverlay | undefined>(
    () =>
      result && {
        features: overlayFeatures(result, [], 'significance'),
        show: 'significance',
        breaks: [],
        title: '',
        note: t('currentNote', { days }),
        selected: null,
      },
    [result, t],
  )
  useEffect(() => {
    // While newer data are analysed the older result stays.
    if (overlay !== undefined) onOverlay(overlay)
  }, [overlay, onOverlay])
  useEffect(() => () => onOverlay(undefined), [onOverlay])
  return null
}

function instantOf(day: number): string {
  return new Date(startOfHomeDay(day)).toISOString()
}
