/** Flat things that share the map's depth buffer would flicker against each other: they are ordered, not measured. */
export const onGround = { depthCompare: 'always', depthWriteEnabled: false } as const
