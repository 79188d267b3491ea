import type { Random } from '../../stats/random.ts'

/**
 * Sentences with places left open: `{漏水|渗水}` is a choice, `{what:漏水|渗水}` one that is remembered, `{what}` the
 * remembered word again, `{@surname}` a choice from a named list, `{who@surname}` the same, remembered.
 */
export type Template = { parts: (string | Slot)[]; size: number }
type Slot = { name: string | null; options: readonly string[] | null; list: string | null }

export type Lists = Record<string, readonly string[]>
export type Words = Record<string, string>

const compiled = new Map<string, (string | Slot)[]>()

function partsOf(text: string): (string | Slot)[] {
  let parts = compiled.get(text)
  if (parts === undefined) compiled.set(text, (parts = compile(text)))
  return parts
}

function compile(text: string): (string | Slot)[] {
  return text.split(/(\{[^}]*\})/).map((part) => {
    if (!part.startsWith('{')) return part
    const inside = part.slice(1, -1)
    const [, name = null, list] = /^(\w*)@(\w+)$/.exec(inside) ?? []
    if (list !== undefined) return { name: name === '' ? null : name, options: null, list }
    const [, label, rest] = /^(\w+):(.*)$/s.exec(inside) ?? []
    if (rest !== undefined) return { name: label ?? null, options: rest.split('|'), list: null }
    return inside.includes('|')
      ? { name: null, options: inside.split('|'), list: null }
      : { name: inside, options: null, list: null }
  })
}

/** How many different sentences a template makes. */
export function sizeOf(text: string, lists: Lists): number {
  return partsOf(text).reduce(
    (size, part) => (typeof part === 'string' ? size : size * (optionsOf(part, lists)?.length ?? 1)),
    1,
  )
}

/** The sentence with a number: different numbers below `sizeOf` make different sentences. Remembers words. */
export function sentence(text: string, lists: Lists, number: number, words: Words): string {
  let rest = number
  return fillPlaces(text, lists, words, (options) => {
    const option = options[rest % options.length] as string
    rest = Math.floor(rest / options.length)
    return option
  })
}

/** Some sentence of a template. */
export function anySentence(text: string, lists: Lists, random: Random, words: Words): string {
  return fillPlaces(text, lists, words, (options) => random.pick(options))
}

/**
 * The sentence that a choice for each place makes.
 *
 * @param choose asked in the order of the places, with the name under which the word is remembered and the place's index;
 *   not for words that are remembered from before.
 */
export function fillPlaces(
  text: string,
  lists: Lists,
  words: Words,
  choose: (options: readonly string[], name: string | null, at: number) => string,
): string {
  let at = 0
  return partsOf(text)
    .map((part) => {
      if (typeof part === 'string') return part
      const options = optionsOf(part, lists)
      if (options === null) return words[part.name ?? ''] ?? ''
      const word = choose(options, part.name, at++)
      if (part.name !== null) words[part.name] = word
      return word
    })
    .join('')
}

/** @throws RangeError when a template names a list that does not exist. */
function optionsOf(slot: Slot, lists: Lists): readonly string[] | null {
  if (slot.list === null) return slot.options
  const list = lists[slot.list]
  if (list === undefined) throw new RangeError(`no list of words is called “${slot.list}”`)
  return list
}
