import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { type Browser, launchChromium, openScreen, type Screen, type ScreenOptions } from '../drivers/screen.ts'

/** Opens watched screens for the tests of one file and closes them after each; a screen at fault fails its test. */
export function useScreens(site: () => string = () => inject('site')) {
  let browser: Browser
  const opened: Screen[] = []
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    const closing = opened.splice(0).map((screen) => screen.close())
    await Promise.all(closing)
  })
  return async (options: ScreenOptions): Promise<Screen> => {
    const screen = await openScreen(browser, site(), options)
    opened.push(screen)
    return screen
  }
}
