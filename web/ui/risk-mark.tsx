import { riskLabels, type Risk } from '@minqing/data/domain/risk'
import { useLanguage } from '../i18n/language.ts'
import hidden from './hidden.module.css'
import styles from './risk-mark.module.css'

const letters: Record<Risk, { zh: string; en: string }> = {
  red: { zh: '红', en: 'R' },
  orange: { zh: '橙', en: 'O' },
  yellow: { zh: '黄', en: 'Y' },
  blue: { zh: '蓝', en: 'B' },
}

/** One of the four warning colours with its letter, so that it can be read without telling colours apart. */
export function RiskMark({ risk, named = false }: { risk: Risk; named?: boolean }) {
  const language = useLanguage()
  const name = riskLabels[risk][language]
  return (
    <span className={styles.mark} title={named ? undefined : name}>
      <span className={styles.letter} data-risk={risk} aria-hidden="true">
        {letters[risk][language]}
      </span>
      <span className={named ? undefined : hidden.hidden}>{name}</span>
    </span>
  )
}
