import type { Label } from '../domain/label.ts'
import type { ComparedReports, Comparison } from './compare-reports.ts'

type Measures = Pick<ComparedReports, 'metres' | 'hours' | 'subject' | 'text'>

/** What was compared, and how far it agrees, for whoever decides. */
export function reasonLabel(comparison: Comparison, level: string, measures: Measures): Label {
  switch (comparison) {
    case 'place':
      return placeLabel(level, measures.metres)
    case 'time':
      return timeLabel(measures.hours)
    case 'happened':
      return level === 'later'
        ? { zh: '发生时间不同', en: 'Happened at other times' }
        : { zh: `发生时间相差 ${level.slice(0, 1)} 小时以内`, en: `Happened within ${level.slice(0, 1)} hours` }
    case 'subject':
      return { zh: `事由相符 ${percent(measures.subject)}`, en: `Subject agrees by ${percent(measures.subject)}` }
    case 'text':
      return { zh: `文字相似 ${percent(measures.text)}`, en: `Texts are similar by ${percent(measures.text)}` }
    case 'part':
      return pick(level, {
        same: { zh: '同一单元、楼层或方位', en: 'The same unit, floor or side' },
        beside: { zh: '相邻单元或楼层', en: 'The next unit or floor' },
        other: { zh: '不同单元、楼层或方位', en: 'Another unit, floor or side' },
      })
    case 'party':
      return pick(level, {
        same: { zh: '提到同一人或同一电话', en: 'Names the same person or telephone' },
        other: { zh: '提到的人不同', en: 'Names other people' },
      })
    case 'figures':
      return pick(level, {
        same: { zh: '数字相符', en: 'Figures agree' },
        other: { zh: '数字不符', en: 'Figures differ' },
      })
  }
}

const unknown: Label = { zh: '—', en: '—' }

function pick(level: string, labels: Record<string, Label>): Label {
  return new Map(Object.entries(labels)).get(level) ?? unknown
}

function placeLabel(level: string, metres: number | null): Label {
  if (level === 'building') return { zh: '同一楼栋', en: 'The same building' }
  if (level === 'other building') return { zh: '不同楼栋', en: 'Another building' }
  if (level === 'grid' || metres === null) return { zh: '同一网格', en: 'The same grid' }
  return { zh: `相距 ${Math.round(metres)} 米`, en: `${Math.round(metres)} metres apart` }
}

function timeLabel(hours: number): Label {
  const days = Math.round(hours / 24)
  return hours < 48
    ? { zh: `上报相隔 ${Math.round(hours)} 小时`, en: `Reported ${Math.round(hours)} hours apart` }
    : { zh: `上报相隔 ${days} 天`, en: `Reported ${days} days apart` }
}

const percent = (share: number | null) => (share === null ? '—' : `${Math.round(100 * share)} %`)
