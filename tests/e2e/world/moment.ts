/** When every browser test takes place: a Saturday afternoon in Shanghai. The demo street ends here. */
export const testMoment = new Date('2026-11-21T14:05:32+08:00')
