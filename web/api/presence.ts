/** Names requests that the page made by itself, which do not put off the end of an unused session (`server/accounts`). */
export const automaticHeader = 'x-minqing-automatic'

/** Milliseconds after the last input of a person from which requests are the page's own: as exact as sessions are. */
const presentFor = 60_000

/** When the page was opened, or last used. */
let usedAt = performance.now()

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const

/** Notes from now on when a person uses the page. */
export function watchInputs(page: EventTarget): void {
  for (const input of inputs)
    page.addEventListener(input, () => (usedAt = performance.now()), { capture: true, passive: true })
}

/** Whether nobody has used the page lately: it asks for new data by itself. */
export function isAutomatic(): boolean {
  return performance.now() - usedAt >= presentFor
}
