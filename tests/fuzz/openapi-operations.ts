/** What the generator reads of a schema in an OpenAPI 3.0 document. */
export type Schema = {
  type?: string
  enum?: unknown[]
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  example?: unknown
  items?: Schema
  properties?: Record<string, Schema>
}

export type Parameter = { name: string; in: 'query' | 'path' | 'header'; required?: boolean; schema: Schema }

type Described = {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

export type OpenapiDocument = { paths: Record<string, Record<string, Described>> }

/** One method of one path, with everything that it takes. */
export type Operation = {
  method: string
  /** Below `/api`, with `{name}` for each parameter. */
  path: string
  parameters: readonly Parameter[]
  body?: { type: string; schema: Schema }
}

/** Those whose answers come to an end: a live stream has none. */
export function operationsOf({ paths }: OpenapiDocument): Operation[] {
  const ending = Object.entries(paths).filter(([path]) => !/^\/(wall\/)?live$/.test(path))
  return ending.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const [content] = Object.entries(requestBody?.content ?? {})
      return {
        method: method.toUpperCase(),
        path,
        parameters,
        ...(content === undefined ? {} : { body: { type: content[0], schema: content[1].schema } }),
      }
    }),
  )
}
