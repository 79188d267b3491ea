import { expect, test } from 'vitest'
import { wallPanels } from './registry.ts'

/** Hundredths of the screen's height that a side has for its panels, and the gap between them (wall.module.css). */
const room = 84.4
const gap = 1.2
/** Width of a column, the smaller of those of narrow and wide walls. */
const columnWidth = 42

test('every panel has an id of its own', () => {
  const ids = wallPanels.map(({ panel }) => panel.id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('the panels of a column fit into it, on wide walls and on others', () => {
  const height = (panels: typeof wallPanels) =>
    panels.reduce((sum, { panel }) => sum + panel.smallest.height + gap, -gap)
  for (const column of [1, 2, 3, 4])
    expect(height(wallPanels.filter((one) => one.column === column)), `column ${column}`).toBeLessThanOrEqual(room)
  for (const side of [
    [1, 2],
    [3, 4],
  ])
    expect(
      height(wallPanels.filter(({ column, onlyWide }) => side.includes(column) && onlyWide !== true)),
    ).toBeLessThanOrEqual(room)
  for (const { panel } of wallPanels) expect(panel.smallest.width, panel.id).toBeLessThanOrEqual(columnWidth)
})
