import { useState } from 'react'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { basicMessages } from '../../ui/basic-messages.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { useMapLayers } from '../../map/use-map-layers.ts'
import { ignoredParameters } from '../../view/parameters.ts'
import { LoadError } from './panel-parts.tsx'
import { messages as filterMessages } from './filters/messages.ts'
import { useFreshness, useIncidents, usePlace, useViewState } from './map-page.ts'
import styles from './notes.module.css'

const messages = defineMessages({
  zh: {
    stale: '无法连接服务器，正在重试。当前显示 {time} 的数据。',
    aggregate: '共 {count} 件，不逐件显示：热力图按各网格件数汇总生成（单元 {metres} 米）。选择一个街道可查看每一件。',
    aggregating: '正在按新的筛选条件重新汇总，暂时显示上一次的结果…',
    ignored: '链接中有无法识别的参数，已忽略：{names}',
    withoutStreet:
      '{count} 件事件归入街道 {code}，而库中没有这个街道，因此地图和列表中都没有。请导入该街道的边界或网格；若编码有误，请在“导入”页撤销那次导入，改正后重新导入。',
    dismiss: '知道了',
    status: '街道数据',
    areas: '区域边界',
    incidents: '案件',
    demoHint: '本街道及其中的人员、建筑、案件均为虚构，仅供试用。',
  },
  en: {
    stale: 'The server cannot be reached, retrying. Showing data as of {time}.',
    aggregate:
      '{count} cases, too many to show individually: the heat map is made from counts per grid (cells of {metres} m). Select a sub-district to see each case.',
    aggregating: 'Counting with the new filter; the previous result is shown until then…',
    ignored: 'The link has unknown parameters, which are ignored: {names}',
    withoutStreet:
      '{count} cases belong to sub-district {code}, which is not known: no map or list shows them. Import its boundary or grids; if the code is wrong, undo that import on the Import page, correct the code and import again.',
    dismiss: 'Dismiss',
    status: 'Sub-districts',
    areas: 'Area boundaries',
    incidents: 'Cases',
    demoHint: 'This sub-district, its people, buildings and cases are fictional.',
  },
})

/** Notes over the map: a lost connection, aggregated incidents, unknown URL parameters, data that could not be loaded. */
export function Notes() {
  const t = useMessages(messages)
  const formats = useFormats()
  const { status, stale, loadingStatus } = useFreshness()
  const { aggregate, known, loadingIncidents } = useIncidents()
  const { loadingAreas } = usePlace()
  const { view } = useViewState()
  const layers = useMapLayers()
  const [linked, setLinked] = useState(() => ({ parameters: ignoredParameters(location.search), layers: view.layers }))
  const isUnknown = layers.length > 0 && linked.layers?.some((id) => layers.every((layer) => layer.id !== id))
  const ignored = [...linked.parameters, ...(isUnknown ? ['layers'] : [])]
  return (
    <div className={styles.notes}>
      {stale && status?.asOf && (
        <output className={styles.note} data-tone="warning">
          {t('stale', { time: formats.shortDateTime(new Date(status.asOf)) })}
        </output>
      )}
      {status?.incidentsWithoutStreet.map(({ code, incidents }) => (
        <output key={code} className={styles.note} data-tone="warning">
          {t('withoutStreet', { count: formats.count(incidents), code })}
        </output>
      ))}
      {aggregate !== null && (
        <output className={styles.note}>
          {t('aggregate', { count: formats.count(known), metres: formats.count(aggregate.cell) })}
          {aggregate.late && <strong>{t('aggregating')}</strong>}
        </output>
      )}
      {ignored.length > 0 && (
        <output className={styles.note}>
          {t('ignored', { names: ignored.join(', ') })}
          <Button kind="bare" onPress={() => setLinked({ parameters: [], layers: null })}>
            {t('dismiss')}
          </Button>
        </output>
      )}
      <LoadError what={t('status')} loading={loadingStatus} />
      <LoadError what={t('areas')} loading={loadingAreas} />
      <LoadError what={t('incidents')} loading={loadingIncidents} />
    </div>
  )
}

/** Marks what is known as of an earlier instant; nothing for what stands now. */
export function AsOfBadge() {
  const t = useMessages(filterMessages)
  const formats = useFormats()
  const { asOf } = useFreshness()
  return asOf && <span className={styles.badge}>{t('known', { time: formats.shortDateTime(new Date(asOf)) })}</span>
}

/** Marks demo data as such; nothing for real data. */
export function DemoBadge() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const { street } = usePlace()
  if (!street?.demo) return null
  return (
    <span className={styles.badge} title={t('demoHint')}>
      {basic('demo')}
    </span>
  )
}
