/**
 * A request header that has an answer made anew: the cookie of somebody who has just written, for whom nothing kept is
 * new enough (`server/http/own-writes.ts`).
 */
export const madeAnew = 'cookie=minqing-position='
