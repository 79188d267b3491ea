export const search = {
  label: '搜索地点、网格编码或案件编号',
  placeholder: '搜索地点、网格、案件',
  shortcut: '按 / 开始搜索',
  kind: '{kind, select, area {区域} building {建筑} facility {设施} incident {案件} road {道路} other {地点}}',
  searching: '正在搜索…',
  noneTitle: '没有找到“{words}”',
  noneText: '可以试试社区名、楼栋名、15 位网格编码或案件编号。',
  failed: '搜索没有完成，请重试。',
  results: '{count, number} 条结果',
  clear: '清空搜索',
} as const
