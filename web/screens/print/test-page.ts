import { defaultPageSetup } from '@minqing/data/domain/page-setup'
import type { MeasureText, Point } from './drawing.ts'
import type { PageContent } from './layout.ts'
import type { MapFacts } from './map-marks.ts'

/** Chinese is as wide as it is high, everything else half as wide: near enough to lay a page out. */
export const testMeasure: MeasureText = (text, size) =>
  Array.from(text).reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? size : size * 0.55), 0)

/** Content of a page with two legends. */
export function testContent(setup: Partial<PageContent['setup']> = {}): PageContent {
  const colours = ['#fee9a6', '#fed475', '#feb54a', '#fb9329', '#ec7014', '#d35206', '#ac3d03']
  const breaks = [15, 30, 45, 60, 75, 90, 105]
  return {
    setup: { ...defaultPageSetup, ...setup },
    legends: [
      { layer: 'heat', title: '案件密度（件/公顷）', note: '图中 8,730 件，半径 150 米', breaks, colours },
      {
        layer: 'rate',
        title: '案件率（件/千户）',
        note: '按网格',
        breaks: breaks.slice(0, 5),
        colours: colours.slice(0, 5),
      },
    ],
    texts: {
      title: '望澜街道案件分布图',
      subject: '时间：2026-01-01 至 2026-06-30　类型：物业、邻里　共 1,204 件',
      marks: ['内部使用'],
      method: '方法：核密度，半径 150 米',
      notes: '备注：骉湾里的地址尚未核实',
      imprint: '数据截至 2026-11-21 14:05 · 制图时间 2026-11-21 14:05 · 来源：望澜街道 · 民情地图',
      approval: '审图号：某S（2026）001号',
      north: '北',
      scale: '比例尺',
      tilted: '三维视角，比例尺仅适用于图中央',
    },
  }
}

/** A flat map of 5 m to the millimetre around 114°21′E 30°39′N, turned by `bearing` degrees; width in millimetres. */
export function testFacts(width: number, height: number, bearing = 0): MapFacts {
  const metresPerMillimetre = 5
  const [lon0, lat0] = [114.35, 30.65]
  const metresPerDegree = 111_320
  const shrink = Math.cos((lat0 * Math.PI) / 180)
  const angle = (bearing * Math.PI) / 180
  const turn = ([x, y]: Point, by: number): Point => [
    x * Math.cos(by) - y * Math.sin(by),
    x * Math.sin(by) + y * Math.cos(by),
  ]
  return {
    metresPerMillimetre,
    bearing,
    tilted: false,
    project: (lon, lat) => {
      const east = ((lon - lon0) * metresPerDegree * shrink) / metresPerMillimetre
      const south = ((lat0 - lat) * metresPerDegree) / metresPerMillimetre
      const [x, y] = turn([east, south], -angle)
      return [x + width / 2, y + height / 2]
    },
    unproject: (x, y) => {
      const [east, south] = turn([x - width / 2, y - height / 2], angle)
      return [
        lon0 + (east * metresPerMillimetre) / metresPerDegree / shrink,
        lat0 - (south * metresPerMillimetre) / metresPerDegree,
      ]
    },
  }
}
