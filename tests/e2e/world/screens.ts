import { afterEach, inject } from 'vitest'
import { type Browser, launchChromium, openScreen, type Screen, type ScreenOptions } from '../drivers/screen.ts'

/**
 * One browser for all files, which share their modules: what the graphics of a map need is compiled once. Each screen has
 * a profile of its own. Playwright ends it with the process.
 */
let browser: Promise<Browser> | undefined

/** Opens watched screens for the tests of one file and closes them after each; a screen at fault fails its test. */
export function useScreens(site: () => string = () => inject('site')) {
  const opened: Screen[] = []
  afterEach(async () => {
    const closing = opened.splice(0).map((screen) => screen.close())
    await Promise.all(closing)
  })
  return async (options: ScreenOptions): Promise<Screen> => {
    browser ??= launchChromium()
    const screen = await openScreen(await browser, site(), options)
    opened.push(screen)
    return screen
  }
}
