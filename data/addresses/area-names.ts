/** What areas are called after their names. */
const endings = {
  street: '街道办事处|街道办|街道|街办|街|镇人民政府|镇政府|镇|乡人民政府|乡政府|乡|办事处',
  community: '社区居民委员会|社区居委会|居民委员会|居委会|社区|村民委员会|村委会|村',
}

/** 丹水池街道办事处 as 丹水池, 春江社区居委会 as 春江; the name itself where nothing would be left. */
export function areaStem(name: string): string {
  const short = name.replace(new RegExp(`(?:${endings.street}|${endings.community})$`), '')
  return short === '' ? name : short
}

/** The ways in which an area of that name is written in an address, its stem alone left aside. */
export function areaSpellings(level: 'street' | 'community', name: string): string[] {
  const stem = areaStem(name)
  return [...new Set([name, ...endings[level].split('|').map((ending) => stem + ending)])]
}

/**
 * The number that a grid is called by within its community: 江北社区第3网格, 第三网格, 03网格, 3号网格 and 3 are 3; null
 * where a name has none, or other words beside it.
 *
 * @param normalised see `normaliseAddress`
 * @param community the community's name in the same form
 */
export function gridNumber(normalised: string, community = ''): number | null {
  const own = [community, areaStem(community)].find((name) => name !== '' && normalised.startsWith(name))
  const match = /^(?:社区)?(\d{1,3})号?(?:网格|格)?$/.exec(normalised.slice(own?.length ?? 0))
  return match === null ? null : Number(match[1])
}
