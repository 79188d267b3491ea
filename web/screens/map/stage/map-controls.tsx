import { useTranslations } from 'use-intl'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useCamera } from '../../../view/use-view.ts'
import { usePlace } from '../map-page.ts'
import styles from './map-controls.module.css'

export function MapControls() {
  const t = useTranslations('layers')
  const { map } = usePlace()
  const [camera] = useCamera()
  const bearing = camera?.bearing ?? 0
  return (
    <div className={styles.controls}>
      <Button kind="icon" label={t('zoomIn')} onPress={() => map.current?.zoomBy(1)}>
        <Icon name="plus" />
      </Button>
      <Button kind="icon" label={t('zoomOut')} onPress={() => map.current?.zoomBy(-1)}>
        <Icon name="minus" />
      </Button>
      <Button kind="icon" label={t('north')} onPress={() => map.current?.resetNorth()}>
        <span style={{ transform: `rotate(${-bearing}deg)` }}>
          <Icon name="north" />
        </span>
      </Button>
    </div>
  )
}
