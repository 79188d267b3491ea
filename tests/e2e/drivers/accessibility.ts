import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds against WCAG 2.2 AA, one line a violation with the elements at fault; empty when all is well. */
export async function violationsOf(page: Page): Promise<string> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  return violations
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
    .join('\n')
}
