import { type Language, languages } from '@minqing/data/domain/label'

/**
 * The reader's language from `Accept-Language` (RFC 9110 §12.5.4): the listed one of ours with the highest weight,
 * Chinese where none is asked for.
 */
export function languageOf(accept: string | undefined): Language {
  let best: { language: Language; weight: number } = { language: 'zh', weight: 0 }
  for (const range of (accept ?? '').split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const language = languages.find((known) => tag === known || tag.startsWith(`${known}-`))
    const weight = Number(
      parameters
        .find((parameter) => parameter.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    )
    if (language !== undefined && weight > best.weight) best = { language, weight }
  }
  return best.language
}
