/** 99 is no province: the demo can never collide with a real street. */
export const demoStreetCode = '990101001'
/** Raised whenever the same seed makes something else than before: a demo of another model is made anew. */
export const demoModel = 2
