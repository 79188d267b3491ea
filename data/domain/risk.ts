import { z } from 'zod'
import type { Label } from './label.ts'

/** Four-colour warning, gravest first. The letter is the second signal beside the colour. */
export const risks = ['red', 'orange', 'yellow', 'blue'] as const
export const Risk = z.enum(risks)
export type Risk = z.infer<typeof Risk>

export const riskLabels: Record<Risk, Label> = {
  red: { zh: '重大', en: 'Major' },
  orange: { zh: '较大', en: 'Serious' },
  yellow: { zh: '一般', en: 'Moderate' },
  blue: { zh: '苗头', en: 'Emerging' },
}

export const urgencies = ['1', '2', '3'] as const
export const Urgency = z.enum(urgencies)
export type Urgency = z.infer<typeof Urgency>

export const urgencyLabels: Record<Urgency, Label> = {
  '1': { zh: '一般', en: 'Normal' },
  '2': { zh: '紧急', en: 'Urgent' },
  '3': { zh: '非常紧急', en: 'Critical' },
}
