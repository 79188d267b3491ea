import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { mapLayers, type MapLayer } from '../../../map/map-inputs.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { radiusLimits } from '../../../view/parameters.ts'
import { usualRadius } from '../../../view/usual-radius.ts'
import { useIncidents, usePlace, useViewState } from '../map-page.ts'
import styles from './layer-menu.module.css'

const modes = ['heat', 'hexagon', 'off'] as const

/** What is drawn: the density's kind and radius, and the layers that can be switched. */
export function LayerMenu() {
  const t = useTranslations('layers')
  const { view, change } = useViewState()
  const { radius: metres } = useIncidents()
  const { street } = usePlace()
  const most = Math.min(radiusLimits.max, Math.max(4 * usualRadius(street?.bbox), metres, 500))
  const name = useId()
  const radius = useId()
  const toggle = (layer: MapLayer) => {
    const next = new Set(view.layers)
    if (!next.delete(layer)) next.add(layer)
    change({ layers: mapLayers.filter((candidate) => next.has(candidate)) })
  }
  return (
    <Popover
      align="end"
      trigger={
        <>
          <Icon name="layers" />
          {t('title')}
        </>
      }
    >
      <div className={styles.menu}>
        <fieldset>
          <legend className={styles.legend}>{t('density')}</legend>
          <div className={styles.modes}>
            {modes.map((mode) => (
              <label key={mode} className={styles.mode}>
                <input
                  type="radio"
                  name={name}
                  checked={view.density === mode}
                  onChange={() => change({ density: mode })}
                />
                {t(mode)}
              </label>
            ))}
          </div>
        </fieldset>
        {view.density !== 'off' && (
          <div className={styles.radius}>
            <label htmlFor={radius}>{t('radius')}</label>
            <output htmlFor={radius}>{t('radiusValue', { metres: String(metres) })}</output>
            <input
              id={radius}
              type="range"
              className={styles.slider}
              min={radiusLimits.min}
              max={most}
              step={most > 1000 ? 50 : 10}
              value={metres}
              aria-valuetext={t('radiusValue', { metres: String(metres) })}
              onChange={(event) => change({ radius: event.target.valueAsNumber })}
            />
            <p className={styles.hint}>{t('radiusHint')}</p>
          </div>
        )}
        <fieldset>
          <legend className={styles.legend}>{t('shown')}</legend>
          {mapLayers.map((layer) => (
            <label key={layer} className={styles.layer}>
              <input type="checkbox" checked={view.layers.includes(layer)} onChange={() => toggle(layer)} />
              {t(layer)}
            </label>
          ))}
        </fieldset>
      </div>
    </Popover>
  )
}
