/** Pixels of one row of the case list, the same for all: the list is drawn by arithmetic. */
export const rowHeight = 76
