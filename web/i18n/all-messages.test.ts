import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTranslator } from 'use-intl/core'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

const web = join(import.meta.dirname, '..')

type Tree = { [name: string]: string | Tree }
type Node = { type: string; [field: string]: unknown }

/** The messages of every `defineMessages({ zh, en })` of a file. */
function setsOf(path: string): { zh: Tree; en: Tree }[] {
  const text = readFileSync(join(web, path), 'utf8')
  if (!text.includes('defineMessages(')) return []
  return callsIn(parseSync(path, text).program).map((call) => {
    const [argument] = call['arguments'] as Node[]
    return literal(argument!, path) as { zh: Tree; en: Tree }
  })
}

function callsIn(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return []
  const node = value as Node
  const inside = Object.values(value).flatMap(callsIn)
  const isCall = node.type === 'CallExpression' && (node['callee'] as Node)['name'] === 'defineMessages'
  return isCall ? [node, ...inside] : inside
}

/** @throws when a message is not written out: it could not be checked */
function literal(node: Node, path: string): string | Tree {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  if (node.type === 'TemplateLiteral' && (node['expressions'] as Node[]).length === 0)
    return (node['quasis'] as { value: { cooked: string } }[])[0]!.value.cooked
  if (node.type !== 'ObjectExpression') throw new Error(`${path}: a message is written with ${node.type}`)
  const entries = (node['properties'] as Node[]).map((property) => {
    const key = property['key'] as Node
    return [String(key['name'] ?? key['value']), literal(property['value'] as Node, path)] as const
  })
  return Object.fromEntries(entries)
}

/** Every message with its full name. */
function flat(tree: Tree, prefix = ''): [name: string, text: string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + name, value]] : flat(value, `${prefix}${name}.`),
  )
}

/** Names of the values that a message asks for, with how they are formatted; see ICU MessageFormat. */
function valuesOf(text: string): Map<string, string> {
  const values = new Map<string, string>()
  let at = 0
  const until = (end: RegExp) => {
    const from = at
    while (at < text.length && !end.test(text[at]!)) at++
    return text.slice(from, at).trim()
  }
  const message = () => {
    while (at < text.length && text[at] !== '}') if (text[at++] === '{') argument()
  }
  const argument = () => {
    const name = until(/[,}]/)
    let format = 'text'
    if (text[at] === ',') {
      at++
      format = until(/[,}]/)
      while (at < text.length && text[at] !== '}') if (text[at++] === '{' && (message(), true)) at++
    }
    at++
    values.set(name, format)
  }
  message()
  return values
}

function render(locale: 'zh' | 'en', tree: Tree, name: string, text: string): string {
  const errors: string[] = []
  const t = createTranslator({ locale, messages: tree, onError: (error) => errors.push(error.message) })
  const values = [...valuesOf(text)].map(([value, format]) => [value, format === 'text' ? '三' : 3] as const)
  const tags = [...text.matchAll(/<(\w+)>/g)].map(([, tag]) => [tag, (chunks: string) => chunks] as const)
  const rendered = t.markup(name as never, { ...Object.fromEntries(values), ...Object.fromEntries(tags) } as never)
  if (errors.length > 0) throw new Error(`${name} in ${locale}: ${errors.join('; ')}`)
  return rendered
}

const files = globSync('**/*.{ts,tsx}', { cwd: web, exclude: ['**/node_modules/**', '**/*.test.ts', 'dist/**'] })
  .toSorted()
  .map((path) => ({ path, sets: setsOf(path) }))
  .filter(({ sets }) => sets.length > 0)

test('messages are found', () => {
  expect(files.length).toBeGreaterThan(0)
})

test.each(files)('$path renders every message in both languages', ({ sets }) => {
  for (const { zh, en } of sets) {
    const [chinese, english] = [new Map(flat(zh)), new Map(flat(en))]
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted())
    for (const [name, text] of chinese) {
      expect(render('zh', zh, name, text), name).not.toMatch(/[{}]/)
      expect(render('en', en, name, english.get(name)!), name).not.toMatch(/[{}]/)
      const unknown = [...valuesOf(english.get(name)!).keys()].filter((value) => !valuesOf(text).has(value))
      expect(unknown, `${name}: values that only the English text has`).toEqual([])
      expect(text, `${name} is empty`).not.toBe('')
    }
  }
})

test('names of values are read from a message', () => {
  expect(valuesOf('{a} b {count, plural, one {# of {name}} other {#}} {n, number}')).toEqual(
    new Map([
      ['a', 'text'],
      ['name', 'text'],
      ['count', 'plural'],
      ['n', 'number'],
    ]),
  )
})
