import { encode } from 'uqr'
import styles from './qr-code.module.css'

/** Black on white in both themes: many readers take no other. */
export function QrCode({ text, name }: { text: string; name: string }) {
  // Four modules around it (ISO/IEC 18004 §6.3.8).
  const { size, data } = encode(text, { border: 4 })
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg className={styles.qr} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" role="img" aria-label={name}>
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
