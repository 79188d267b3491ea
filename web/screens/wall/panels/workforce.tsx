import { facilityStatusLabels } from '@minqing/data/domain/facility'
import type { WallPicture } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import styles from './workforce.module.css'
import { defineWallPanel, Figure, Frame, type WallView } from './panel.tsx'
import { pictureQuery } from '../wall-queries.ts'

const messages = defineMessages({
  zh: {
    title: '网格力量',
    communities: '社区',
    grids: '网格',
    buildings: '房屋',
    gridWorkers: '网格员',
    buildingUnit: '栋',
    smokeDetectors: '独居老人烟感',
    inAlarm: '告警',
  },
  en: {
    title: 'Grid workforce',
    communities: 'Communities',
    grids: 'Grids',
    buildings: 'Buildings',
    gridWorkers: 'Grid workers',
    buildingUnit: '',
    smokeDetectors: 'Smoke detectors of the elderly',
    inAlarm: 'Alarms',
  },
})

/** Grids, grid workers and buildings, and how many smoke detectors of elderly people are online. */
export const workforcePanel = defineWallPanel({
  id: 'workforce',
  query: ({ area }) => pictureQuery(area, ({ inventory, smokeDetectors }) => ({ inventory, smokeDetectors })),
  View,
  smallest: { width: 40, height: 24 },
})

function View({ data, wall }: { data: Pick<WallPicture, 'inventory' | 'smokeDetectors'>; wall: WallView }) {
  const { format, language } = wall
  const { inventory, smokeDetectors } = data
  const t = useMessages(messages)
  const detectors = smokeDetectors.reduce((sum, row) => sum + row.count, 0)
  return (
    <Frame title={t('title')} grow>
      <dl className={styles.figures}>
        <Figure label={t('grids')} value={format.number(inventory.grids)} />
        <Figure label={t('gridWorkers')} value={format.number(inventory.gridWorkers)} />
        <Figure label={t('communities')} value={format.number(inventory.communities)} size="side" />
        <Figure
          label={t('buildings')}
          value={format.number(inventory.buildings)}
          unit={t('buildingUnit')}
          size="side"
        />
      </dl>
      {detectors === 0 ? null : (
        <div>
          <h3 className={styles.title}>
            {t('smokeDetectors')} <b>{format.number(detectors)}</b>
          </h3>
          <ul className={styles.detectors}>
            {smokeDetectors.map((row) => (
              <li key={row.status} data-status={row.status}>
                <span>{facilityStatusLabels[row.status][language]}</span> <b>{format.number(row.count)}</b>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Frame>
  )
}
