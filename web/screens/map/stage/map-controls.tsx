import { useId } from 'react'
import { useWithheld } from '../../../api/session.ts'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { isShown, type MapLayer } from '../../../map/layers/map-layer.ts'
import { useMapLayers } from '../../../map/use-map-layers.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { radiusLimits } from '../../../view/parameters.ts'
import { useCamera } from '../../../view/use-view.ts'
import { defaultBandwidth } from '../../../view/bandwidth.ts'
import { useIncidents, usePlace, useViewState } from '../map-page.ts'
import styles from './map-controls.module.css'

const messages = defineMessages({
  zh: {
    layers: '图层',
    density: '案件密度',
    off: '关闭',
    bandwidth: '半径',
    metres: '{metres} 米',
    bandwidthHint: '每件案件影响的范围，按实地距离计，缩放地图不会改变。',
    fade: '放大后由点位代替密度',
    shown: '显示',
    zoomIn: '放大',
    zoomOut: '缩小',
    north: '转回正北',
  },
  en: {
    layers: 'Layers',
    density: 'Case density',
    off: 'Off',
    bandwidth: 'Radius',
    metres: '{metres} m',
    bandwidthHint: 'Distance on the ground over which a case counts. Zooming does not change it.',
    fade: 'Case points replace it up close',
    shown: 'Shown',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    north: 'Turn north up',
  },
})

export function MapControls() {
  const t = useMessages(messages)
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

/** Switches of the map's layers: the kind of density with its bandwidth, and a checkbox for each of the others. */
export function LayerMenu() {
  const t = useMessages(messages)
  return (
    <Popover
      align="end"
      trigger={
        <>
          <Icon name="layers" />
          {t('layers')}
        </>
      }
    >
      <div className={styles.menu}>
        <DensitySwitch />
        <LayerSwitches />
      </div>
    </Popover>
  )
}

function DensitySwitch() {
  const t = useMessages(messages)
  const language = useLanguage()
  const { view, change } = useViewState()
  const name = useId()
  const modes = useMapLayers().flatMap(({ id, switch: own }) =>
    own?.kind === 'density' ? [{ id, label: own.label[language] }] : [],
  )
  return (
    <>
      <fieldset>
        <legend className={styles.legend}>{t('density')}</legend>
        <div className={styles.modes}>
          {[...modes, { id: 'off', label: t('off') }].map(({ id, label }) => (
            <label key={id} className={styles.mode}>
              <input
                type="radio"
                name={name}
                checked={view.density === id}
                onChange={() => change({ density: id as typeof view.density })}
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      {view.density !== 'off' && (
        <>
          <BandwidthSlider />
          <label className={styles.layer}>
            <input
              type="checkbox"
              checked={view.fade === 'on'}
              onChange={(event) => change({ fade: event.target.checked ? 'on' : 'off' })}
            />
            {t('fade')}
          </label>
        </>
      )}
    </>
  )
}

function BandwidthSlider() {
  const t = useMessages(messages)
  const { change } = useViewState()
  const { bandwidth } = useIncidents()
  const { street } = usePlace()
  const id = useId()
  const most = Math.min(radiusLimits.max, Math.max(4 * defaultBandwidth(street?.bbox), bandwidth, 500))
  const metres = t('metres', { metres: String(bandwidth) })
  return (
    <div className={styles.bandwidth}>
      <label htmlFor={id}>{t('bandwidth')}</label>
      <output htmlFor={id}>{metres}</output>
      <input
        id={id}
        type="range"
        className={styles.slider}
        min={radiusLimits.min}
        max={most}
        step={most > 1000 ? 50 : 10}
        value={bandwidth}
        aria-valuetext={metres}
        onChange={(event) => change({ radius: event.target.valueAsNumber })}
      />
      <p className={styles.hint}>{t('bandwidthHint')}</p>
    </div>
  )
}

function LayerSwitches() {
  const t = useMessages(messages)
  const language = useLanguage()
  const { view, change } = useViewState()
  const withheld = useWithheld()
  const switched = useMapLayers().flatMap((layer) =>
    layer.switch?.kind === 'checkbox' && (layer.object === undefined || !withheld.includes(layer.object))
      ? [{ layer, ...layer.switch }]
      : [],
  )
  const isOn = (layer: MapLayer) =>
    isShown(layer, { layers: view.layers, density: { mode: view.density, bandwidth: 0 } })
  const toggle = (toggled: MapLayer) => {
    const next = switched.filter(({ layer }) => isOn(layer) !== (layer === toggled))
    // The address names the layers only where they are not those that are on by default.
    const isDefault = switched.every(({ initial, ...one }) => initial === next.some(({ layer }) => layer === one.layer))
    change({ layers: isDefault ? null : next.map(({ layer }) => layer.id) })
  }
  return (
    <fieldset>
      <legend className={styles.legend}>{t('shown')}</legend>
      {switched.map(({ layer, label }) => (
        <label key={layer.id} className={styles.layer}>
          <input type="checkbox" checked={isOn(layer)} onChange={() => toggle(layer)} />
          {label[language]}
        </label>
      ))}
    </fieldset>
  )
}
