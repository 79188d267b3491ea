import type { FontFacesSpecification } from 'maplibre-gl'
import { loadBundledFont } from './bundled-font.ts'

const bundled = 'Noto Sans SC Variable'
/** Under this name the style declares the bundled font's files. */
const declared = 'Map Text'
/** “Medium” sets the weight: MapLibre reads it from the first name of a stack. */
const system = [
  'Map Medium',
  'PingFang SC',
  'HarmonyOS Sans SC',
  'MiSans',
  'Microsoft YaHei',
  'Noto Sans CJK SC',
  'Source Han Sans SC',
  'WenQuanYi Micro Hei',
]

export type MapFonts = { fonts: string[]; faces: FontFacesSpecification | undefined }

/**
 * Labels are drawn from fonts, never from glyph files. A system with Chinese type uses its own. Elsewhere the style
 * declares the files of the bundled font, slice by slice, and MapLibre waits for those that a text needs: the page's
 * own `@font-face` would be drawn as empty boxes until it has loaded, and the boxes would stay.
 */
export async function mapFonts(): Promise<MapFonts> {
  if (hasChineseType()) return { fonts: system, faces: undefined }
  await loadBundledFont()
  const faces = bundledFaces()
  return faces.length === 0 ? { fonts: system, faces: undefined } : { fonts: [declared], faces: { [declared]: faces } }
}

/** Two characters that look the same are the box that stands for a missing one. */
function hasChineseType(): boolean {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 32
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return false
  const drawn = ['民', '情', '街'].map((character) => {
    context.clearRect(0, 0, 32, 32)
    context.font = `24px ${system.map((name) => `"${name}"`).join(', ')}, sans-serif`
    context.fillText(character, 2, 26)
    return context.getImageData(0, 0, 32, 32).data.join()
  })
  return new Set(drawn).size === drawn.length
}

/** The page's style sheets already list the slices: read them instead of shipping the list twice. */
function bundledFaces(): Exclude<FontFacesSpecification[string], string> {
  const rules = [...document.styleSheets].flatMap(fontFaceRules)
  return rules.flatMap(({ rule, base }) => {
    if (rule.style.getPropertyValue('font-family').replaceAll(/["']/g, '') !== bundled) return []
    const address = /url\(["']?([^"')]+)["']?\)/.exec(rule.style.getPropertyValue('src'))?.[1]
    if (address === undefined) return []
    const ranges = rule.style.getPropertyValue('unicode-range').split(',')
    return [{ url: new URL(address, base).href, 'unicode-range': ranges.map((range) => range.trim()) }]
  })
}

function fontFaceRules(sheet: CSSStyleSheet): { rule: CSSFontFaceRule; base: string }[] {
  const base = sheet.href ?? document.baseURI
  return [...sheet.cssRules].flatMap((rule) => {
    if (rule instanceof CSSFontFaceRule) return [{ rule, base }]
    if (rule instanceof CSSImportRule && rule.styleSheet !== null) return fontFaceRules(rule.styleSheet)
    return []
  })
}
