import type { Language } from '@minqing/data/domain/label'
import { _createCache, _createIntlFormatters, createTranslator } from 'use-intl/core'
import { useLanguage } from './language.ts'

/** Messages in ICU MessageFormat by name; groups may nest, their names are joined by dots. */
type MessageTree = { readonly [name: string]: string | MessageTree }

/** The same names with any text. */
type SameNames<Tree> = { readonly [Name in keyof Tree]: Tree[Name] extends string ? string : SameNames<Tree[Name]> }

export type Messages<Tree extends MessageTree = MessageTree> = { readonly zh: Tree; readonly en: SameNames<Tree> }

/** Formats a message by its name; the values it needs follow from the Chinese text. */
export type Translator<Tree extends MessageTree> = ReturnType<typeof createTranslator<Tree>>

/** The translator of a set of messages: for functions that take `t` as a parameter. */
export type TranslatorOf<Set> = Set extends Messages<infer Tree> ? Translator<Tree> : never

/**
 * Messages of one part of the page in both languages, defined beside the code that shows them. The compiler demands
 * every Chinese name in English too; `all-messages.test.ts` renders each of them.
 */
export function defineMessages<const Tree extends MessageTree>(messages: {
  zh: Tree
  en: SameNames<NoInfer<Tree>>
}): Messages<Tree> {
  return messages
}

const cache = _createCache()
const formatters = _createIntlFormatters(cache)
const translators = { zh: new WeakMap<object, unknown>(), en: new WeakMap<object, unknown>() }

/** The translator for one language; made once per set of messages, so its identity can be a dependency of a hook. */
export function translatorFor<Tree extends MessageTree>(
  messages: Messages<Tree>,
  language: Language,
): Translator<Tree> {
  const known = translators[language].get(messages)
  if (known !== undefined) return known as Translator<Tree>
  const translator = createTranslator<Tree>({
    locale: language,
    // `SameNames` demands the same names; the texts of the type are the Chinese ones.
    messages: messages[language] as Tree,
    _cache: cache,
    _formatters: formatters,
  })
  translators[language].set(messages, translator)
  return translator
}

/** The translator for the language of the page. */
export function useMessages<Tree extends MessageTree>(messages: Messages<Tree>): Translator<Tree> {
  return translatorFor(messages, useLanguage())
}
