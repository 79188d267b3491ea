import { riskLabels, type Risk } from '@minqing/data/domain/risk'
import { useLocale } from 'use-intl'
import styles from './risk-mark.module.css'

const letters: Record<Risk, { zh: string; en: string }> = {
  red: { zh: '红', en: 'R' },
  orange: { zh: '橙', en: 'O' },
  yellow: { zh: '黄', en: 'Y' },
  blue: { zh: '蓝', en: 'B' },
}

/** The four-colour warning with its letter, so that it needs no eye for colour. */
export function RiskMark({ risk, named = false }: { risk: Risk; named?: boolean }) {
  const language = useLocale()
  const name = riskLabels[risk][language]
  return (
    <span className={styles.mark} title={named ? undefined : name}>
      <span className={styles.letter} data-risk={risk} aria-hidden="true">
        {letters[risk][language]}
      </span>
      <span className={named ? undefined : styles.hidden}>{name}</span>
    </span>
  )
}
