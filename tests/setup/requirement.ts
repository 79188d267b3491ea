/** A program that some tests need: where it is, or why it is not there. */
export type Requirement = { path: string } | { missing: string }
