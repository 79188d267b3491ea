import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './panel-head.module.css'

/** Title of the panel, with the way back where it was opened from somewhere. */
export function PanelHead({ title, note, onBack }: { title: ReactNode; note?: ReactNode; onBack?: () => void }) {
  const t = useTranslations('map')
  return (
    <header className={styles.head}>
      {onBack && (
        <Button kind="icon" label={t('back')} onPress={onBack}>
          <Icon name="back" />
        </Button>
      )}
      <div className={styles.words}>
        <h1 className={styles.title}>{title}</h1>
        {note !== undefined && <p className={styles.note}>{note}</p>}
      </div>
    </header>
  )
}
