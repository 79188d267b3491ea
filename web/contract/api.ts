import type { Api } from '@minqing/server/client'

/**
 * What the server's routes take and give, from the types of its own code: a path, a parameter or a field that is renamed
 * there no longer compiles here. Types alone, so that nothing of it is in the bundle.
 */
export type Path<Method extends RequestMethod> = {
  [Each in keyof Api]: Api[Each] extends Record<Method, unknown> ? Each : never
}[keyof Api]

/** As the keys of Hono's schema name them. */
export type RequestMethod = '$get' | '$post' | '$put' | '$delete'

type Endpoint<P extends Path<Method>, Method extends RequestMethod> =
  Api[P] extends Record<Method, infer Each extends { input: unknown; output: unknown }> ? Each : never

/** The body of a successful answer; undefined where it has none (204). */
export type Answer<P extends Path<Method>, Method extends RequestMethod = '$get'> =
  Extract<Endpoint<P, Method>, { status: 204 }> extends never
    ? Extract<Endpoint<P, Method>, { outputFormat: 'json'; status: 200 | 201 }>['output']
    : undefined

/** Path parameters, query and JSON body of a request. */
export type Input<P extends Path<Method>, Method extends RequestMethod = '$get'> = Part<
  Endpoint<P, Method>['input'],
  'param'
> &
  Query<Endpoint<P, Method>['input']> &
  Part<Endpoint<P, Method>['input'], 'json'>

type Part<All, Name extends string> = All extends Record<Name, infer One> ? Record<Name, One> : unknown
type Query<All> = All extends { query: infer One }
  ? Record<string, never> extends One
    ? { query?: One | URLSearchParams }
    : { query: One | URLSearchParams }
  : unknown

/** A feature of one of the collections of OGC API – Features. */
export type Item<Collection extends string> = Collection extends unknown
  ? `/api/collections/${Collection}/items/:featureId` extends infer P extends Path<'$get'>
    ? Answer<P>
    : never
  : never
