import { cornersOf } from '@minqing/data/geo/intersects'
import { type Condition, filterProblem, type Operand } from './expression.ts'

/** What a filter may ask of each row; more than a person writes, and less than keeps the database busy for seconds. */
const most = { patterns: 20, caseless: 50, shapes: 10, corners: 1_000 }
type Cost = Record<keyof typeof most, number>

const words = {
  patterns: { zh: 'LIKE', en: 'LIKE' },
  caseless: { zh: 'CASEI 的比较', en: 'comparisons by CASEI' },
  shapes: { zh: 'S_INTERSECTS', en: 'S_INTERSECTS' },
  corners: { zh: 'S_INTERSECTS 图形的顶点', en: 'corners of shapes in S_INTERSECTS' },
} as const

/** @throws ProblemError `bad_parameter` that says what there is too much of. */
export function checkCost(filter: Condition): void {
  const cost: Cost = { patterns: 0, caseless: 0, shapes: 0, corners: 0 }
  addCost(filter, cost)
  for (const name of Object.keys(most) as (keyof Cost)[]) {
    if (cost[name] <= most[name]) continue
    throw filterProblem(
      {
        zh: `${words[name].zh}共 ${cost[name]} 个，最多 ${most[name]} 个`,
        en: `it has ${cost[name]} ${words[name].en}, and ${most[name]} are the most`,
      },
      undefined,
      { zh: '请减少条件，或分成几次查询', en: 'Use fewer of them, or ask several times' },
    )
  }
}

function addCost(condition: Condition, cost: Cost): void {
  switch (condition.op) {
    case 'and':
    case 'or':
      for (const part of condition.parts) addCost(part, cost)
      break
    case 'not':
      addCost(condition.part, cost)
      break
    case 'like':
      cost.patterns += 1
      cost.caseless += caselessIn([condition.text])
      break
    case 'compare':
      cost.caseless += caselessIn([condition.left, condition.right])
      break
    case 'between':
      cost.caseless += caselessIn([condition.value, condition.low, condition.high])
      break
    case 'in':
      // Compared with each member.
      cost.caseless += caselessIn([condition.value, ...condition.list]) > 0 ? condition.list.length : 0
      break
    case 'intersects':
      cost.shapes += 1
      if ('geometry' in condition.shape) cost.corners += cornersOf(condition.shape.geometry)
      break
    case 'constant':
    case 'null':
    case 'temporal':
      break
  }
}

/** 1 where any of them is compared without regard to capitals. */
function caselessIn(operands: readonly Operand[]): number {
  return operands.some(({ kind }) => kind === 'caseless') ? 1 : 0
}
