import { defineMessages, type TranslatorOf } from '../../../i18n/messages.ts'

/** Messages of the export dialog and of the files it makes. */
export const messages = defineMessages({
  zh: {
    title: '导出',
    kind: '导出内容',
    kinds: { map: '地图', incidents: '案件数据', areas: '区域统计' },
    kindNotes: {
      map: 'PDF 或 PNG，含标题、图例、比例尺、指北针和经纬网，可直接打印',
      incidents: '筛选后的 {count} 件，每件一行',
      areas: '各社区或网格及其案件数，可在 QGIS、Excel 中打开',
    },
    format: '格式',
    formats: { geojson: 'GeoJSON（地图软件）', csv: 'CSV（表格）' },
    level: '区域',
    levels: { community: '社区', grid: '网格' },
    start: '导出',
    stages: {
      receiving: '已接收 {megabytes} MB…',
    },
    done: '已导出“{name}”。',
    cancelled: '已取消，未生成文件。',
    failedFetching: '导出失败：无法连接服务器。请检查网络后重试。',
    failedAnswer: '导出失败：{reason}',
    defaultTitle: '{area}案件分布图',
    filter: {
      period: '时间：{period}',
      between: '{first} 至 {last}',
      since: '{first} 起',
      until: '截至 {last}',
      allTime: '全部时间',
      facet: '{name}：{list}',
      more: '{list}等{count}项',
      total: '共 {count} 件',
      comma: '、',
      separator: '　',
    },
    files: { incidents: '案件', communities: '社区统计', grids: '网格统计' },
  },
  en: {
    title: 'Export',
    kind: 'Content',
    kinds: { map: 'Map', incidents: 'Cases', areas: 'Area statistics' },
    kindNotes: {
      map: 'PDF or PNG with title, legend, scale bar, north arrow and graticule, ready to print',
      incidents: '{count} filtered cases, one per row',
      areas: 'Communities or grids with their case counts, for QGIS and Excel',
    },
    format: 'Format',
    formats: { geojson: 'GeoJSON (GIS)', csv: 'CSV (spreadsheets)' },
    level: 'Areas',
    levels: { community: 'Communities', grid: 'Grids' },
    start: 'Export',
    stages: {
      receiving: '{megabytes} MB received…',
    },
    done: 'Exported “{name}”.',
    cancelled: 'Cancelled. No file was created.',
    failedFetching: 'Export failed: the server cannot be reached. Check your network connection and try again.',
    failedAnswer: 'Export failed: {reason}',
    defaultTitle: 'Cases in {area}',
    filter: {
      period: 'Period: {period}',
      between: '{first} to {last}',
      since: 'since {first}',
      until: 'until {last}',
      allTime: 'all time',
      facet: '{name}: {list}',
      more: '{list} and others ({count} in total)',
      total: '{count} cases',
      comma: ', ',
      separator: ' · ',
    },
    files: { incidents: 'cases', communities: 'communities', grids: 'grids' },
  },
})

export type ExportTranslator = TranslatorOf<typeof messages>
