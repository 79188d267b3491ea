import type { Label } from '../label.ts'

/** How a case ended. Every dispute that is closed has one. */
export const outcomes = [
  'written',
  'oral',
  'eased',
  'failed',
  'withdrawn',
  'to_arbitration',
  'to_litigation',
  'to_admin',
  'settled',
] as const
export type Outcome = (typeof outcomes)[number]

export const outcomeLabels: Record<Outcome, Label> = {
  written: { zh: '达成书面协议', en: 'Written agreement' },
  oral: { zh: '达成口头协议', en: 'Oral agreement' },
  eased: { zh: '缓解', en: 'Eased' },
  failed: { zh: '调解不成', en: 'Mediation failed' },
  withdrawn: { zh: '当事人撤回', en: 'Withdrawn' },
  to_arbitration: { zh: '引导仲裁', en: 'Referred to arbitration' },
  to_litigation: { zh: '引导诉讼', en: 'Referred to court' },
  to_admin: { zh: '引导行政途径', en: 'Referred to an authority' },
  settled: { zh: '已办结', en: 'Dealt with' },
}
