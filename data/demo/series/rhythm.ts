/** Hours of the day at which a kind of case comes up. */
export type Daily = 'office' | 'evening' | 'night' | 'meals' | 'morning' | 'commute' | 'flat'

const hours: Record<Daily, string> = {
  office: '1 1 0 0 0 1 3 8 26 38 36 22 10 14 30 36 32 22 12 10 9 7 4 2',
  evening: '4 2 1 1 1 2 5 9 14 16 15 13 12 12 13 14 16 20 28 36 38 32 20 9',
  night: '26 18 11 7 5 4 4 6 8 9 9 9 10 9 9 9 10 12 16 22 30 38 42 36',
  meals: '3 1 1 0 0 3 8 10 9 9 14 28 32 16 9 9 11 24 36 34 26 18 12 6',
  morning: '1 1 1 1 3 10 26 36 34 28 22 16 10 9 12 16 20 22 16 12 9 6 3 2',
  commute: '2 1 1 1 1 4 12 34 36 20 12 12 13 12 12 14 20 36 34 20 14 10 6 4',
  flat: '10 8 7 7 7 8 10 12 13 14 14 14 14 13 13 13 14 15 16 17 17 16 14 12',
}

/** Relative weight of each hour, summing to 1. */
export const hourWeights = Object.fromEntries(
  Object.entries(hours).map(([name, text]) => {
    const values = text.split(' ').map(Number)
    const sum = values.reduce((total, value) => total + value, 0)
    return [name, values.map((value) => value / sum)]
  }),
) as Record<Daily, number[]>

/** Sunday to Saturday; each sums to 7. */
export const weekdayWeights = {
  weekdays: [0.62, 1.22, 1.14, 1.1, 1.1, 1.08, 0.74],
  weekend: [1.22, 0.92, 0.9, 0.9, 0.92, 1, 1.14],
  even: [0.94, 1.04, 1.02, 1.01, 1.01, 1.02, 0.96],
} as const
