/** Metres of one pixel of a web-Mercator map with 512-px tiles, at a latitude. */
export function metresPerPixel(latitude: number, zoom: number): number {
  const equator = 40_075_016.686
  return (equator * Math.cos((latitude * Math.PI) / 180)) / (512 * 2 ** zoom)
}

/** The longest round length (1, 2 or 5 times a power of ten) that is at most `pixels` wide. */
export function roundLength(perPixel: number, pixels: number): number {
  const longest = perPixel * pixels
  const power = 10 ** Math.floor(Math.log10(longest))
  const step = [5, 2, 1].find((factor) => factor * power <= longest) ?? 1
  return step * power
}
