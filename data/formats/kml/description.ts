/** A description as its reader sees it: many programs write it as HTML. Every step takes time in proportion. */
export function plainText(description: string): string {
  if (!/<\/?[a-z][^<>]*>/i.test(description)) return description.trim()
  return withoutBlocks(description)
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li)\b[^<>]*>/gi, '\n')
    .replaceAll(/<\/t[dh]>/gi, ' ')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, '')
    .replaceAll(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** Without styles and scripts, which nobody sees. */
function withoutBlocks(html: string): string {
  const kept: string[] = []
  const lower = html.toLowerCase()
  let at = 0
  for (const { 0: tag, 1: name = '', index } of html.matchAll(/<(style|script)\b[^<>]*>/gi)) {
    if (index < at) continue
    const end = lower.indexOf(`</${name.toLowerCase()}>`, index + tag.length)
    if (end === -1) break
    kept.push(html.slice(at, index))
    at = end
  }
  return kept.join('') + html.slice(at)
}

const entities: Record<string, string> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }

const row = /<tr\b[^<>]*>\s*<t[dh]\b[^<>]*>([^<]*)<\/t[dh]>\s*<t[dh]\b[^<>]*>([^<]*)<\/t[dh]>\s*<\/tr>/gi
/** Attributes that are taken from a description; a table of more rows is a text. */
const mostRows = 100

/** Names and values of a table of two columns, as ArcGIS writes a shape's attributes; none where it is another. */
export function tableIn(html: string): [name: string, value: string][] {
  if (!/<table\b/i.test(html)) return []
  const rows = [...html.matchAll(row)]
    .slice(0, mostRows + 1)
    .map(([, name = '', value = '']): [string, string] => [plainText(`<p>${name}`), plainText(`<p>${value}`)])
  const names = new Set(rows.map(([name]) => name))
  const isTable = rows.length >= 2 && rows.length <= mostRows && names.size === rows.length && !names.has('')
  return isTable ? rows.filter(([name]) => name.length <= 60) : []
}
