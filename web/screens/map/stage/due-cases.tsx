import { dueClasses, dueClassLabels, dueClassOf } from '@minqing/data/domain/due-today'
import { facetNames } from '@minqing/data/domain/incident-facets'
import type { Language } from '@minqing/data/domain/label'
import { taskClockLabels } from '@minqing/data/domain/task'
import { useQuery } from '@tanstack/react-query'
import type { Feature, FeatureCollection } from 'geojson'
import { useEffect, useMemo } from 'react'
import { incidentId } from '../../../api/incident.ts'
import { dueTodayQuery, type Task } from '../../../api/tasks.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { defineMessages, translatorFor, useMessages } from '../../../i18n/messages.ts'
import type { DueOverlay } from '../../../map/map-inputs.ts'
import { allStreetsCode } from '../../../view/parameters.ts'
import { dueListPath } from '../../../view/screen-path.ts'
import { useViewFilter } from '../../../view/use-view.ts'
import { dueText } from '../../tasks/due-text.ts'
import { messages as taskMessages } from '../../tasks/messages.ts'
import { unknown } from '../../../ui/use-formats.ts'
import { usePlace, useViewState } from '../map-page.ts'

const messages = defineMessages({
  zh: {
    note: '{total, plural, =0 {没有应办事项} other {共 # 件}}{unplaced, plural, =0 {} other {，# 件没有坐标}}{left, plural, =0 {} other {，只显示最紧急的}}',
    loading: '正在加载…',
    failed: '加载失败，稍后自动重试',
    choose: '请先选择一个街道',
    named: '{label} {count, number}',
    atLeast: '{label} {count, number} 以上',
    list: '查看清单',
    wholeList: '查看全部清单',
  },
  en: {
    note: '{total, plural, =0 {Nothing is due} one {# case} other {# cases}}{unplaced, plural, =0 {} other {, # without a position}}{left, plural, =0 {} other {, the most urgent shown}}',
    loading: 'Loading…',
    failed: 'Not loaded, tried again soon',
    choose: 'Choose a sub-district first',
    named: '{label} {count, number}',
    atLeast: '{label} {count, number} or more',
    list: 'Show the list',
    wholeList: 'Show the whole list',
  },
})

const noFeatures: FeatureCollection = { type: 'FeatureCollection', features: [] }

type Props = { onOverlay: (overlay: DueOverlay | undefined) => void }

/** Reads what is due today in the area that is looked into, while its layer is switched on. Renders nothing. */
export function DueCases({ onOverlay }: Props) {
  const { area } = usePlace()
  const { view } = useViewState()
  const t = useMessages(messages)
  const language = useLanguage()
  const filter = useViewFilter(view)
  const own = area === allStreetsCode ? undefined : area
  const { data, isError } = useQuery(dueTodayQuery(own))
  const overlay = useMemo<DueOverlay>(() => {
    const title = taskClockLabels.today[language]
    if (data === undefined || own === undefined) {
      const note = t(area === allStreetsCode ? 'choose' : isError ? 'failed' : 'loading')
      return { features: noFeatures, legend: { title, note, names: [] } }
    }
    const now = Date.parse(data.at)
    const chosen = data.tasks.filter((task) =>
      facetNames.every((name) => {
        const codes: readonly string[] = filter[name]
        return codes.length === 0 || codes.includes(task[name])
      }),
    )
    const classes = chosen.map((task) => dueClassOf(task.dueAt, now))
    const left = data.total - data.tasks.length
    // The most urgent are read: from the class of the last one on it is not known how many there are.
    const last = left === 0 ? null : dueClassOf(data.tasks.at(-1)?.dueAt ?? null, now)
    const lastRead = last === null ? dueClasses.length : dueClasses.indexOf(last)
    const names = dueClasses.map((one, index) => {
      const label = dueClassLabels[one][language]
      const count = classes.filter((own) => own === one).length
      if (index < lastRead) return t('named', { label, count })
      return index === lastRead ? t('atLeast', { label, count }) : `${label} ${unknown}`
    })
    const isFiltered = chosen.length < data.tasks.length
    const note = t('note', {
      total: chosen.length + (isFiltered ? 0 : left),
      unplaced: chosen.filter(({ position }) => position === null).length,
      left,
    })
    const link = { text: t(isFiltered ? 'wholeList' : 'list'), href: dueListPath(own, location.search) }
    return { features: featuresOf(chosen, data.at, language), legend: { title, note, names, link } }
  }, [area, own, data, isError, filter, t, language])
  useEffect(() => onOverlay(overlay), [overlay, onOverlay])
  useEffect(() => () => onOverlay(undefined), [onOverlay])
  return null
}

/** Cases with a place, with what their symbol and their card show. */
function featuresOf(tasks: readonly Task[], at: string, language: Language): FeatureCollection {
  const t = translatorFor(taskMessages, language)
  const features = tasks.flatMap((task): Feature[] => {
    const { streetCode, number, type, status, risk, position, positionSource, unit } = task
    const text = dueText(task, at, language)
    if (position === null || text === null) return []
    const lines = [
      { name: text.node, value: text.left },
      { name: t('due'), value: text.end },
      { name: t('unit'), value: unit || t('noUnit') },
    ]
    const properties = {
      id: incidentId(streetCode, number),
      type,
      status,
      risk,
      positionSource,
      due: dueClassOf(task.dueAt, Date.parse(at)),
      lines: JSON.stringify(lines),
    }
    const geometry = { type: 'Point' as const, coordinates: [position.lon, position.lat] }
    return [{ type: 'Feature', properties, geometry }]
  })
  return { type: 'FeatureCollection', features }
}
