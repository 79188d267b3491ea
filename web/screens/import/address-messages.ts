import { defineMessages } from '../../i18n/messages.ts'

export const addressMessages = defineMessages({
  zh: {
    title: '按地址定位',
    placed: '{source}：{rows, number} 行',
    undecided: '有多个可能位置，待确认：{rows, number} 行',
    unplaced: '地址未找到：{rows, number} 行（已导入，但无法在地图上显示）',
    decide:
      '请确认下列地址所指的位置（共 {different, number} 个，列出 {shown, number} 个），然后再次导入。选择会被记住，今后同一街道的文件自动沿用。',
    address: '地址',
    rows: '行数',
    means: '所指位置',
    meaningOf: '“{address}”所指位置',
    target: '楼栋编码或已知地址',
    later: '暂不确定',
    candidate: '{label}（可信度 {certainty, number, percent}）',
    nowhere: '不定位',
    apply: '按所选位置重新识别',
  },
  en: {
    title: 'Placed by address',
    placed: '{source}: {rows, plural, one {# row} other {# rows}}',
    undecided: 'More than one place possible, to be decided: {rows, plural, one {# row} other {# rows}}',
    unplaced: 'Address not found: {rows, plural, one {# row} other {# rows}} (imported, but not on the map)',
    decide:
      'Say what these addresses mean ({shown, number} of {different, number} are listed), then import again. Answers are remembered for later files of the same sub-district.',
    address: 'Address',
    rows: 'Rows',
    means: 'Means',
    meaningOf: 'What “{address}” means',
    target: 'Building code or known address',
    later: 'Not decided',
    candidate: '{label} (certainty {certainty, number, percent})',
    nowhere: 'Nowhere',
    apply: 'Use these places',
  },
})
