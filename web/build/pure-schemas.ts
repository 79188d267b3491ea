import type { Plugin } from 'vite'

type Node = { type: string; start: number; end: number; [key: string]: unknown }

/** Methods that make a schema of another one, which may be imported: `Area.pick({ code: true })`. */
const derivations = new Set(['extend', 'omit', 'partial', 'pick'])

/** Whether an expression makes schemas: `z.string()`, `Counts.extend({ read: Count })`, `map(() => z.int())`. */
function makesSchemas(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const node = value as Node
  if (node.type === 'Identifier' && node.name === 'z') return true
  if (node.type === 'MemberExpression' && derivations.has((node.property as Node).name as string)) return true
  return Object.values(value).some(makesSchemas)
}

/**
 * Lets the bundler drop the domain's schemas that nobody in the browser uses, and zod with them: 22 kB less to send.
 * Every top-level `const Schema = …`, and every object of schemas, becomes a call that is marked as pure; marking zod's own functions is
 * not enough, because the arguments of a pure call (`z.object({ name: z.string().max(100) })`) are kept.
 */
export function pureSchemas(): Plugin {
  return {
    name: 'pure-schemas',
    transform: {
      filter: { id: /[\\/]data[\\/]domain[\\/].+\.ts$/, code: /from ['"]zod['"]/ },
      handler(code) {
        const { body } = this.parse(code) as unknown as { body: Node[] }
        const declarations = body
          .map((node) => (node.type === 'ExportNamedDeclaration' ? (node.declaration as Node | null) : node))
          .filter((node) => node?.type === 'VariableDeclaration')
          .flatMap((node) => node!.declarations as Node[])
        let out = code
        for (const { init } of declarations.toReversed() as { init?: Node }[]) {
          if ((init?.type !== 'CallExpression' && init?.type !== 'ObjectExpression') || !makesSchemas(init)) continue
          const expression = code.slice(init.start, init.end)
          out = `${out.slice(0, init.start)}/* @__PURE__ */ (() => (${expression}))()${out.slice(init.end)}`
        }
        return { code: out, map: null }
      },
    },
  }
}
