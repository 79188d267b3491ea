import { z } from 'zod'
import { Instant } from './instant.ts'
import type { Label } from './label.ts'

/** Sheets of ISO 216, and a slide of 16:9 as presentation programs make it. Long side × short side in millimetres. */
export const sheets = {
  a4: { long: 297, short: 210, label: { zh: 'A4', en: 'A4' } },
  a3: { long: 420, short: 297, label: { zh: 'A3', en: 'A3' } },
  slide: { long: 338.67, short: 190.5, label: { zh: '幻灯片 16:9', en: 'Slide 16:9' } },
} as const satisfies Record<string, { long: number; short: number; label: Label }>

export type SheetName = keyof typeof sheets
export const sheetNames = Object.keys(sheets) as [SheetName, ...SheetName[]]
export const orientations = ['landscape', 'portrait'] as const
export const printFormats = ['pdf', 'png'] as const
/** Dots to the inch of the map’s picture; the lowest is that of screens, for drafts. */
export const resolutions = [96, 150, 300, 600] as const

/** How a map is printed: what a centre can save as a template. Texts that are empty are not printed. */
export const pageSetup = z.object({
  sheet: z.enum(sheetNames),
  orientation: z.enum(orientations),
  format: z.enum(printFormats),
  dotsPerInch: z.literal(resolutions),
  theme: z.enum(['light', 'dark']),
  /** Lines of longitude and latitude with their values on the frame. */
  graticule: z.boolean(),
  /** Prints 内部使用. */
  internal: z.boolean(),
  /** Approval number of the map (审图号), which a map has to carry when it leaves the house. */
  approval: z.string().trim().max(60),
  /** Who made the map: an office, not a person's account. */
  author: z.string().trim().max(60),
  notes: z.string().trim().max(400),
})
export type PageSetup = z.infer<typeof pageSetup>

export const defaultPageSetup: PageSetup = {
  sheet: 'a4',
  orientation: 'landscape',
  format: 'pdf',
  dotsPerInch: 300,
  theme: 'light',
  graticule: true,
  internal: true,
  approval: '',
  author: '',
  notes: '',
}

/** Width and height of a page in millimetres. */
export function pageSize({ sheet, orientation }: Pick<PageSetup, 'sheet' | 'orientation'>): {
  width: number
  height: number
} {
  const { long, short } = sheets[sheet]
  return orientation === 'landscape' ? { width: long, height: short } : { width: short, height: long }
}

export const PrintTemplateName = z.string().trim().min(1).max(40)

/** A page setup that a street has saved by name. */
export const PrintTemplate = z.object({
  id: z.uuid(),
  name: PrintTemplateName,
  setup: pageSetup,
  savedAt: Instant,
})
export type PrintTemplate = z.infer<typeof PrintTemplate>

/** Templates of a street at most. */
export const mostPrintTemplates = 50
