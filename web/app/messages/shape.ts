/** The same keys with any words: what a translation must fill. */
export type Shape<Messages> = { [Key in keyof Messages]: Messages[Key] extends string ? string : Shape<Messages[Key]> }
