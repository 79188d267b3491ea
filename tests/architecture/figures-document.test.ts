import { type FigureDefinition, figureGroupLabels, figureGroups } from '@minqing/data/domain/figure-definition'
import { figureNames, figureOf, firstTimes } from '@minqing/data/domain/figures'
import type { Label } from '@minqing/data/domain/label'
import { expect, test } from 'vitest'

const both = ({ zh, en }: Label) => `${zh} · ${en}`
/** Chinese, and English below it. */
const below = ({ zh, en }: Label) => `${zh}<br>*${en}*`

/** What is divided by what, or counted. */
function formulaOf({ numerator, denominator, unit }: FigureDefinition): string {
  if (denominator === null) return below(numerator)
  const sign = unit === 'rate' ? ' ÷ ' : ' / '
  return below({ zh: `${numerator.zh}${sign}${denominator.zh}`, en: `${numerator.en}${sign}${denominator.en}` })
}

function rowOf(name: (typeof figureNames)[number]): string {
  const definition = figureOf(name)
  const { label, cohort, unknown } = definition
  const notCounted = unknown === null ? '' : below(unknown)
  return `| ${both(label)} | \`${name}\` | ${formulaOf(definition)} | ${below(cohort)} | ${notCounted} |`
}

const head = `# 办理情况指标 · Figures of the closed loop

由 \`data/domain/figures.ts\` 生成，修改定义后运行 \`npx -y pnpm@12 exec vitest run --project architecture figures-document -u\`。分母为零时显示“—”。
*Printed from \`data/domain/figures.ts\`; after a change of the definitions run the command above. 0 of 0 is “—”.*
`

test('docs/figures.md is what the definitions say', async () => {
  const sections = figureGroups.map((group) => {
    const rows = figureNames.filter((name) => figureOf(name).group === group).map(rowOf)
    return `## ${both(figureGroupLabels[group])}

| 指标 · Figure | \`figure\` | 算法 · Formula | 口径 · Cohort | 不计入 · Left out |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
  })
  const times = firstTimes.flatMap((name) => {
    const { label, time } = figureOf(name)
    return time === undefined
      ? []
      : [`| ${both(time.name)} | ${below(time.span)} | ${below(time.limit)} | ${both(label)} |`]
  })
  const firsts = `## 四个第一时间 · First times

中位用时取“期限内占比”分母中已完成的事件，以整分钟计。期限为缺省时限。
*Medians are those of the cases of the share’s denominator in which it was done, in whole minutes. Limits are the default ones.*

| 环节 · Part | 用时 · Time | 期限 · Limit | 期限内占比 · Share in time |
| --- | --- | --- | --- |
${times.join('\n')}
`
  await expect([head, ...sections, firsts].join('\n')).toMatchFileSnapshot('../../docs/figures.md')
})
