import type { Language } from '@minqing/data/domain/label'
import { translatorFor } from '../../i18n/messages.ts'
import { addressMessages } from './address-messages.ts'
import { messages } from './messages.ts'

/** The controls of this screen that stand for options of the command line. */
const controls = {
  crs: 'crs',
  street: 'street',
  'new-street': 'newStreet',
  map: 'columns',
  set: 'community',
  ignore: 'columns',
  word: 'words',
  encoding: 'encoding',
  layer: 'layer',
  sheet: 'layer',
  'header-row': 'headerRow',
  'skip-invalid': 'skipInvalid',
} as const

const optionPattern = / ?--([a-z-]+)(?: ((?:…|[\w:=.…]+)))?( (?=[\u4e00-\u9fff]))?/g

/** Replaces options of the command line, which the server's reports name, by the controls of this screen. */
export function withControlNames(text: string, language: Language): string {
  const t = translatorFor(messages, language)
  const nameOf = (option: string) => {
    if (option === 'place') return translatorFor(addressMessages, language)('title')
    return isControl(option) ? t(controls[option]) : null
  }
  return text.replaceAll(optionPattern, (match, option: string, value: string | undefined, gap: string | undefined) => {
    const name = nameOf(option)
    if (name === null) return match
    // The control is of one field.
    const chosen = option === 'set' ? value?.replace(/^\w+=/, '') : value
    // Chinese sets no spaces around its quotation marks.
    if (language === 'zh') return `“${name}”${chosen === undefined ? '' : `选 ${chosen}${gap ?? ''}`}`
    return `${match.startsWith(' ') ? ' ' : ''}“${name}”${chosen === undefined ? '' : ` ${chosen}`}${gap ?? ''}`
  })
}

function isControl(option: string): option is keyof typeof controls {
  return Object.hasOwn(controls, option)
}
