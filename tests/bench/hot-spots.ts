import type { Figure } from './figure.ts'
import { methods } from './hot-spots/methods.ts'
import {
  demoIncidents,
  type PlantedQuestion,
  plantedQuestions,
  type Question,
  relabelings,
} from './hot-spots/question.ts'

const [labelings, casesOfALabeling, seeds] = [200, 500, 10]

/**
 * Of each method: how often it finds a hot spot where there is none, on relabelings of the demo's incidents, and what it
 * finds of the clusters planted in ten seeds. The same seed gives the same figures on every machine.
 */
export function measureHotSpots(): Figure[] {
  const nothing = [...relabelings(demoIncidents(1), labelings, casesOfALabeling)]
  const streets = Array.from({ length: seeds }, (_, seed) => demoIncidents(seed + 1))
  const planted: Record<'its-time' | 'series', PlantedQuestion[]> = {
    'its-time': streets.flatMap((street) => plantedQuestions(street, 'its-time')),
    series: streets.flatMap((street) => plantedQuestions(street, 'series')),
  }
  return Object.values(methods).flatMap(({ name, find, asked }) => [
    falseHotSpots(name, find, nothing),
    ...foundClusters(name, find, planted[asked ?? 'its-time']),
  ])
}

type Name = { zh: string; en: string }
type Find = (question: Question) => Uint8Array

function falseHotSpots(name: Name, find: Find, questions: Question[]): Figure {
  let [maps, units, all] = [0, 0, 0]
  for (const question of questions) {
    const hot = countOf(find(question))
    if (hot > 0) maps++
    units += hot
    all += question.units.keys.length
  }
  return {
    claim: {
      zh: `${name.zh}：${labelings} 次重排标签中误报热点的比例（水平 5%，加两倍标准误）`,
      en: `${name.en}: share of ${labelings} relabelings with a false hot spot (level 5%, and two standard errors)`,
    },
    value: (maps / questions.length) * 100,
    unit: ' %',
    limit: { atMost: 8.1 },
    measured: { 'relabelings with a hot spot': maps, 'hot units': units, 'units in all': all },
  }
}

function foundClusters(name: Name, find: Find, planted: PlantedQuestion[]): Figure[] {
  let [found, incidents, inHot, hotUnits, trueHot] = [0, 0, 0, 0, 0]
  for (const { question, isTrue, planted: units } of planted) {
    const hot = find(question)
    const inside = units.reduce((sum, unit) => sum + (hot[unit] ?? 0), 0)
    if (inside > 0) found++
    incidents += units.length
    inHot += inside
    hotUnits += countOf(hot)
    trueHot += hot.reduce((sum, value, unit) => sum + value * isTrue[unit]!, 0)
  }
  const measured = { 'planted clusters': planted.length, found, 'planted incidents': incidents, 'hot units': hotUnits }
  return [
    {
      claim: {
        zh: `${name.zh}：${seeds} 个种子中，植入聚集的事件落在热点内的比例（召回率）`,
        en: `${name.en}: share of the incidents planted in ${seeds} seeds that lie in hot spots (recall)`,
      },
      value: (inHot / incidents) * 100,
      unit: ' %',
      limit: { atLeast: 80 },
      measured,
    },
    {
      claim: {
        zh: `${name.zh}：热点单元中与植入范围相交的比例（精确率）`,
        en: `${name.en}: share of the hot units that overlap what was planted (precision)`,
      },
      value: (trueHot / hotUnits) * 100,
      unit: ' %',
      limit: { atLeast: 50 },
      measured,
    },
  ]
}

function countOf(hot: Uint8Array): number {
  return hot.reduce((sum, value) => sum + value, 0)
}
