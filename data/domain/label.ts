/** What a closed set's member is called, in the interface's two languages. */
export type Label = { readonly zh: string; readonly en: string }
export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]
