export const map = {
  title: '民情地图',
} as const
