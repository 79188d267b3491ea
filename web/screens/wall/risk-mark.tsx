import type { Risk } from '@minqing/data/domain/risk'
import styles from './risk-mark.module.css'

/** The more corners and the fuller, the graver: the shape tells without the colour. */
const shapes: Record<Risk, string> = {
  red: 'M12 1 23 12 12 23 1 12Z',
  orange: 'M12 2 23 21 1 21Z',
  yellow: 'M3 3H21V21H3Z',
  blue: 'M12 2A10 10 0 1 1 11.99 2Z',
}

/** The four-colour warning as colour, shape and name. */
export function RiskMark(props: { risk: Risk; label: string }) {
  return (
    <svg className={styles.mark} data-risk={props.risk} viewBox="0 0 24 24" role="img" aria-label={props.label}>
      <path d={shapes[props.risk]} />
    </svg>
  )
}
