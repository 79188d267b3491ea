/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core'

/** The part of a React fiber that shows whether its component rendered in a commit. */
type Fiber = {
  tag: number
  flags: number
  child: Fiber | null
  sibling: Fiber | null
  alternate: Fiber | null
  stateNode: unknown
}

declare global {
  var countedRenders: Record<string, number>
}

/**
 * Counts how often function components render inside the elements that the selectors of `regions` match, from the next
 * load of the page on; `elsewhere` counts the others. Uses React's interface for its developer tools, which production
 * builds have too.
 */
export async function countRenders(page: Page, regions: Record<string, string>): Promise<void> {
  await page.addInitScript((selectors) => {
    /** React's numbers for the kinds of fibers, and its mark of a component that rendered in this commit. */
    const [functionComponents, hostElement, performedWork] = [[0, 11, 15], 5, 1]
    globalThis.countedRenders = {}
    const visit = (fiber: Fiber, outer: string) => {
      const before = fiber.alternate
      const element = fiber.tag === hostElement ? (fiber.stateNode as Element) : null
      const region = Object.entries(selectors).find(([, selector]) => element?.matches(selector))?.[0] ?? outer
      if (functionComponents.includes(fiber.tag) && (before === null || (fiber.flags & performedWork) !== 0))
        countedRenders[region] = (countedRenders[region] ?? 0) + 1
      // Without work below, React leaves the children as they are.
      if (before !== null && before.child === fiber.child) return
      for (let child = fiber.child; child !== null; child = child.sibling) visit(child, region)
    }
    const hook = {
      supportsFiber: true,
      renderers: new Map(),
      inject: () => 1,
      checkDCE: () => {},
      onCommitFiberRoot: (_id: number, root: { current: Fiber }) => visit(root.current, 'elsewhere'),
      onPostCommitFiberRoot: () => {},
      onCommitFiberUnmount: () => {},
    }
    Object.assign(globalThis, { __REACT_DEVTOOLS_GLOBAL_HOOK__: hook })
  }, regions)
}

/** Renders by region since the last call. */
export async function rendersSince(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const counted = globalThis.countedRenders
    globalThis.countedRenders = {}
    return counted
  })
}
