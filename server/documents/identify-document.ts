/** Kinds of images that are taken. */
export type ImageKind = 'jpeg' | 'png' | 'webp' | 'heif' | 'avif'

const heifBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']
const avifBrands = ['avif', 'avis']

/** What a file is by its first bytes, whatever it is called; undefined for what is not taken. */
export function identifyDocument(bytes: Uint8Array): ImageKind | 'pdf' | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString('latin1')
  if (start.startsWith('\u00ff\u00d8\u00ff')) return 'jpeg'
  if (start.startsWith('\u0089PNG\r\n\u001a\n')) return 'png'
  if (/^RIFF[^]{4}WEBP/.test(start)) return 'webp'
  if (/^%PDF-[12]\.\d/.test(start)) return 'pdf'
  const brand = /^[^]{4}ftyp([^]{4})/.exec(start)?.[1] ?? ''
  if (avifBrands.includes(brand)) return 'avif'
  return heifBrands.includes(brand) ? 'heif' : undefined
}
