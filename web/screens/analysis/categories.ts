import { type EmergingClass, emergingClasses, emergingClassLabels } from '@minqing/data/domain/emerging-hot-spot'
import type { Language } from '@minqing/data/domain/label'
import { significanceLevels, warningLevels } from '@minqing/data/domain/significance'
import type { AnalysisResult } from '../../api/analyses.ts'
import { translatorFor } from '../../i18n/messages.ts'
import type { MapCategories } from '../../map/map-inputs.ts'
import { messages } from './messages.ts'
import { pointMessages } from './point-messages.ts'

type Development = Exclude<EmergingClass, 'none'>

/**
 * Hot in reds, cold in blues, on light and on dark ground; what needs attention first is farthest from the ground's tone.
 */
const developments: Record<Development, readonly [light: string, dark: string]> = {
  'intensifying-hot': ['#7f0000', '#ffe0d6'],
  'persistent-hot': ['#b30000', '#ffb199'],
  'new-hot': ['#d7301f', '#ff8a65'],
  'consecutive-hot': ['#ef6548', '#f4643f'],
  'diminishing-hot': ['#fc8d59', '#c44a2e'],
  'sporadic-hot': ['#fdbb84', '#933a26'],
  'oscillating-hot': ['#fdd49e', '#6e3024'],
  'historical-hot': ['#d8bfb4', '#57453f'],
  'intensifying-cold': ['#08306b', '#dcefff'],
  'persistent-cold': ['#08519c', '#a9d4fb'],
  'new-cold': ['#2171b5', '#78b7f0'],
  'consecutive-cold': ['#4292c6', '#4f97d8'],
  'diminishing-cold': ['#6baed6', '#3a78b4'],
  'sporadic-cold': ['#9ecae1', '#2d5e8e'],
  'oscillating-cold': ['#c6dbef', '#24476b'],
  'historical-cold': ['#b4bfcc', '#3c4857'],
}

/** The reds of significance, by class. */
const reds = {
  1: { light: '#f8c3a4', dark: '#7d4030' },
  2: { light: '#ef8a62', dark: '#d2573b' },
  3: { light: '#b2182b', dark: '#ff9a7a' },
} as const

/** How hot spots developed: the classes that there are, because sixteen would fill the screen. */
export function developmentCategories({ features }: AnalysisResult, language: Language): MapCategories {
  const t = translatorFor(messages, language)
  const present = new Set(features.map(({ properties: { emerging } }) => emerging))
  return {
    property: 'emerging',
    title: t('development'),
    note: t('developmentNote'),
    entries: emergingClasses
      .filter((own): own is Development => own !== 'none' && present.has(own))
      .map((own) => {
        const [light, dark] = developments[own]
        return { value: own, name: emergingClassLabels[own][language], colour: { light, dark } }
      }),
  }
}

/** Warnings by their rate of false alarms. */
export function warningCategories(language: Language): MapCategories {
  const t = translatorFor(messages, language)
  return {
    property: 'class',
    title: t('warnings'),
    note: t('warningNote'),
    entries: warningLevels.toReversed().map(({ class: own, rate }) => ({
      value: own,
      name: `${rate * 100}%`,
      colour: reds[own],
    })),
  }
}

/** What is there, but no more than chance. */
const grey = { light: '#9aa5b1', dark: '#65717f' }

/** Clusters by their significance; those of a method that does not test them have one colour. */
export function clusterCategories({ features, analysis }: AnalysisResult, language: Language): MapCategories {
  const t = translatorFor(pointMessages, language)
  const isDensity = analysis.question.method === 'density'
  const isTested = isDensity || analysis.question.clustering !== 'hdbscan'
  const isPartly = isTested && features.some(({ properties: { tested } }) => tested === false)
  // A density’s spots begin at 95 %.
  const levels = significanceLevels
    .filter((entry) => !isDensity || entry.class > 1)
    .map(({ class: own, q }) => ({
      value: own,
      name: t('hot', { level: String(Math.round((1 - q) * 100)) }),
      colour: reds[own],
    }))
  return {
    property: 'class',
    title: t(isDensity ? 'densityLegend' : 'legend'),
    note: t(isDensity ? 'densityNote' : isTested ? 'legendNote' : 'legendUntested'),
    entries: isTested
      ? [
          ...(isDensity
            ? []
            : [{ value: 0, name: t(isPartly ? 'notSignificantOrUntested' : 'notSignificant'), colour: grey }]),
          ...levels.toReversed(),
        ]
      : [{ value: 0, name: t('untested'), colour: reds[1] }],
  }
}
