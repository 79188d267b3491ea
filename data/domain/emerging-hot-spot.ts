import type { Label } from './label.ts'

/** How hot and cold spots developed; what each means stands with the kernel (`data/stats/emerging-hot-spots.ts`). */
export const emergingClasses = [
  'none',
  'new-hot',
  'consecutive-hot',
  'intensifying-hot',
  'persistent-hot',
  'diminishing-hot',
  'sporadic-hot',
  'oscillating-hot',
  'historical-hot',
  'new-cold',
  'consecutive-cold',
  'intensifying-cold',
  'persistent-cold',
  'diminishing-cold',
  'sporadic-cold',
  'oscillating-cold',
  'historical-cold',
] as const
export type EmergingClass = (typeof emergingClasses)[number]

export const emergingClassLabels: Record<EmergingClass, Label> = {
  none: { zh: '无规律', en: 'No pattern' },
  'new-hot': { zh: '新增热点', en: 'New hot spot' },
  'consecutive-hot': { zh: '连续热点', en: 'Consecutive hot spot' },
  'intensifying-hot': { zh: '加剧热点', en: 'Intensifying hot spot' },
  'persistent-hot': { zh: '持续热点', en: 'Persistent hot spot' },
  'diminishing-hot': { zh: '减弱热点', en: 'Diminishing hot spot' },
  'sporadic-hot': { zh: '零星热点', en: 'Sporadic hot spot' },
  'oscillating-hot': { zh: '反复热点', en: 'Oscillating hot spot' },
  'historical-hot': { zh: '历史热点', en: 'Historical hot spot' },
  'new-cold': { zh: '新增冷点', en: 'New cold spot' },
  'consecutive-cold': { zh: '连续冷点', en: 'Consecutive cold spot' },
  'intensifying-cold': { zh: '加剧冷点', en: 'Intensifying cold spot' },
  'persistent-cold': { zh: '持续冷点', en: 'Persistent cold spot' },
  'diminishing-cold': { zh: '减弱冷点', en: 'Diminishing cold spot' },
  'sporadic-cold': { zh: '零星冷点', en: 'Sporadic cold spot' },
  'oscillating-cold': { zh: '反复冷点', en: 'Oscillating cold spot' },
  'historical-cold': { zh: '历史冷点', en: 'Historical cold spot' },
}

/**
 * What the neighbourhood of a unit and step is compared with.
 * - `whole-cube`: all units in all steps. A week with more incidents everywhere makes hot spots everywhere.
 * - `neighbourhood-steps`: all units in the steps that the neighbourhood spans.
 * - `single-step`: all units in the same step; the neighbourhood then spans this step alone, because Gi* compares a part
 *   with the whole that it is a part of.
 */
export const spaceTimeBaselines = ['whole-cube', 'neighbourhood-steps', 'single-step'] as const
export type SpaceTimeBaseline = (typeof spaceTimeBaselines)[number]

export const spaceTimeBaselineLabels: Record<SpaceTimeBaseline, Label> = {
  'whole-cube': { zh: '全部时段', en: 'All steps' },
  'neighbourhood-steps': { zh: '邻近时段', en: 'The neighbourhood’s steps' },
  'single-step': { zh: '同一时段', en: 'The same step' },
}
