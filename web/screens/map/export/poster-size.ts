/** Sheets of ISO 216, landscape, in millimetres. */
const sheets = { a4: { width: 297, height: 210 }, a3: { width: 420, height: 297 } } as const

export const posterSizes = ['screen', 'a4-150', 'a4-300', 'a3-150', 'a3-300'] as const
export type PosterSize = (typeof posterSizes)[number]

/** A page: `width` and `height` in CSS pixels (96 to the inch), and how many device pixels each of them gets. */
export type Page = { width: number; height: number; pixelRatio: number; dotsPerInch: number | null }

/** `screen` is as large and as fine as the window it is asked from. */
export function pageOf(size: PosterSize, screen: { width: number; height: number; pixelRatio: number }): Page {
  if (size === 'screen') return { ...screen, dotsPerInch: null }
  const [sheetName, dots] = size.split('-') as ['a3' | 'a4', string]
  const sheet = sheets[sheetName]
  const dotsPerInch = Number(dots)
  const cssPixels = (millimetres: number) => (millimetres / 25.4) * 96
  return {
    width: cssPixels(sheet.width),
    height: cssPixels(sheet.height),
    pixelRatio: dotsPerInch / 96,
    dotsPerInch,
  }
}

/** Device pixels of the finished picture. */
export function pixelsOf(page: Page): { width: number; height: number } {
  return { width: Math.round(page.width * page.pixelRatio), height: Math.round(page.height * page.pixelRatio) }
}
