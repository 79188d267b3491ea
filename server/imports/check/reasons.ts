import type { Label } from '@minqing/data/domain/label'
import type { WordOption } from '@minqing/data/formats/words/words'

/** Why a row is rejected, in words that say what to change. */
export const reasons = {
  noTime: {
    zh: '没有认得的时间列（如 发生时间、上报时间）。列名不同时，请用 --map happenedAt=列名 指明',
    en: 'there is no recognised column of times. If it has another name, specify it with --map happenedAt=column',
  },
  missing: { zh: '必填项为空', en: 'a required value is missing' },
  tooLong: (maximum: number): Label => ({ zh: `超过 ${maximum} 个字`, en: `longer than ${maximum} characters` }),
  nulCharacter: { zh: '含有不可见的空字符（U+0000）', en: 'contains the invisible character U+0000' },
  notNumber: { zh: '不是数字', en: 'not a number' },
  notDegrees: {
    zh: '看不出是经度或纬度。请写成 114.305 或 114°18′18″',
    en: 'neither a longitude nor a latitude. Write 114.305 or 114°18′18″',
  },
  notWhole: (minimum: number, maximum: number): Label => ({
    zh: `应为 ${minimum} 到 ${maximum} 之间的整数`,
    en: `should be a whole number from ${minimum} to ${maximum}`,
  }),
  notYear: { zh: '不是年份（1000–2099）', en: 'not a year (1000–2099)' },
  height: { zh: '高度应在 0 到 1000 米之间', en: 'a height should be from 0 to 1,000 metres' },
  unknownWord: (options: readonly WordOption[]): Label => ({
    zh: `不在可用的取值之内：${options.map(({ label }) => label.zh).join('、')}`,
    en: `not one of the values that can be used: ${options.map(({ label }) => label.en).join(', ')}`,
  }),
  notCode: (lengths: number[]): Label => ({
    zh: `编码应为 ${lengths.join('、')} 位数字`,
    en: `a code should have ${lengths.join(', ')} digits`,
  }),
  rounded: {
    zh: '编码被表格软件变成了科学计数，末尾的数字已经丢失。请把该列设为“文本”，重新填写编码',
    en: 'a spreadsheet has rounded this code, its last digits are lost. Format the column as text and enter the codes again',
  },
  notAngle: {
    zh: '度、分、秒三列合不成一个角度：度和分应为整数，分和秒应小于 60',
    en: 'degrees, minutes and seconds do not make an angle: only the smallest may have decimals, and minutes and seconds are below 60',
  },
  otherAxis: {
    zh: '经度写在了纬度列，或纬度写在了经度列',
    en: 'a longitude in the column of latitudes, or the other way round',
  },
  notPair: {
    zh: '看不出经度和纬度。请写成 114.305,30.605；以米为单位的坐标请分成 X、Y 两列',
    en: 'longitude and latitude cannot be determined. Write 114.305,30.605; put metres into two columns, X and Y',
  },
  notGeometry: {
    zh: '不是 WKT、GeoJSON 或坐标串（如 114.3,30.6;114.31,30.6;…）',
    en: 'neither WKT nor GeoJSON nor a list of corners (like 114.3,30.6;114.31,30.6;…)',
  },
  tooManyCorners: (corners: number, rings: number): Label => ({
    zh: `图形过于复杂：最多 ${corners / 10_000} 万个顶点、${rings} 个环。请在 QGIS 中简化后再导入`,
    en: `too complex a shape: at most ${corners} corners and ${rings} rings. Simplify it in QGIS and import it again`,
  }),
  noBoundary: { zh: '没有边界（面）', en: 'there is no boundary (polygon)' },
  noCommunity: {
    zh: '没有坐标，也没有写社区，不知道楼栋在哪个社区。请补上社区一列，或用 --set communityCode=社区名称 指明',
    en: 'there is neither a position nor a community, so it is unknown which community the building is in. Add a column with it, or specify it with --set communityCode=name',
  },
  noFootprint: {
    zh: '没有建筑轮廓（面）和坐标，也没有编码、名称或地址',
    en: 'there is no footprint (polygon), position, code, name or address',
  },
  noSuchArea: {
    zh: '没有边界（面），而库中没有这个编码或（唯一的）名称的区域，无法更新',
    en: 'there is no boundary (polygon), and no area of this code or of this name alone that could be updated',
  },
  noPosition: { zh: '没有坐标', en: 'there is no position' },
  noPlace: {
    zh: '没有坐标，按地址也没有找到位置。请补上坐标，或用 --place 地址=楼栋编码 指明',
    en: 'there is no position, and the address is not known. Give a position, or say what is meant with --place address=building code',
  },
  notPoint: { zh: '这里需要点坐标', en: 'a point is needed here' },
  outOfRange: { zh: '坐标超出经纬度范围', en: 'outside the range of longitude and latitude' },
  nullIsland: { zh: '坐标为 0,0：通常表示没有定位成功', en: 'position 0,0: usually a failed positioning' },
  swapped: {
    zh: '经纬度看来颠倒了：对调后才落在中国境内。请用 --map lon=… --map lat=… 指明',
    en: 'longitude and latitude look swapped: only the other way round do they lie in China. Specify the columns with --map lon=… --map lat=…',
  },
  swappedMetres: {
    zh: 'X、Y 与文件里其他行的顺序相反：对调后才落在坐标系的范围内。请改正这一行',
    en: 'X and Y are the other way round than in the other rows: only turned do they lie within the system. Correct this row',
  },
  notMetres: {
    zh: '坐标是经纬度（度），而文件的坐标系以米为单位。请用 --crs 指明，或改正这一行',
    en: 'degrees, while the coordinate system of the file is in metres. Specify the system with --crs, or correct this row',
  },
  outsideProjection: {
    zh: '换算后的位置不合理：坐标系不对，或 X、Y 颠倒（测绘坐标常以 X 为北）',
    en: 'the converted position makes no sense: another system, or X and Y swapped (survey files often have X north)',
  },
  outsideAreas: {
    zh: '位置不在任何街道、社区或网格之内。请先导入网格，或用 --street 指明所属街道',
    en: 'lies in no sub-district, community or grid. Import the grids first, or specify the sub-district with --street',
  },
  noBaseStreet: {
    zh: '还没有导入过任何街道，不知道底图归哪个街道。请用 --street 指明，例如 --street 420102012=丹水池街道',
    en: 'no sub-district has been imported yet, so it is unknown which one the base map belongs to. Specify it with --street, e.g. --street 420102012=丹水池街道',
  },
  noArea: {
    zh: '既没有坐标也没有网格编码，无法确定所属街道。请用 --street 指明',
    en: 'there is neither a position nor a grid code, so the sub-district cannot be determined. Specify it with --street',
  },
  /** @param source as it is stored */
  ofAnotherSource: (source: string): Label => ({
    zh: `编号与来源“${source.replace(/^import:/, '')}”的记录相同，已更新那些记录。若不是同一件，请撤销这次导入，改正编号`,
    en: `with the numbers of records of “${source.replace(/^import:/, '')}”, which were updated. If others are meant, undo this import and correct the numbers`,
  }),
  unknownArea: { zh: '库中没有这个编码的区域', en: 'there is no area with this code' },
  severalCommunities: (codes: readonly string[]): Label => ({
    zh: `这个名称的社区不止一个（${codes.join('、')}）。请在文件中写明社区编码`,
    en: `there are several communities of this name (${codes.join(', ')}). Give the code of the community in the file`,
  }),
  noParent: {
    zh: '没有编码，也没有用 --street 指明所属街道',
    en: 'there is no code, and no sub-district is given with --street',
  },
  repeated: (row: Label): Label => ({
    zh: `编号与${row.zh}重复，而内容不同`,
    en: `the same number as on ${row.en}, with another content`,
  }),
  repeatedApart: (line: number): Label => ({
    zh: `编号与第 ${line} 行相同，但两处轮廓不相连`,
    en: `the same id as on line ${line}, but the two footprints do not touch`,
  }),
  belongsElsewhere: {
    zh: '这个编号已属于不是导入得来的数据，导入不会覆盖它',
    en: 'this number belongs to a record that was not imported; an import does not overwrite it',
  },
  closedBeforeReported: { zh: '办结时间早于上报时间', en: 'closed before it was reported' },
  levelMismatch: { zh: '级别与编码的位数不符', en: 'the level does not agree with the length of the code' },
  parentMismatch: { zh: '编码不在上级编码之下', en: 'the code does not lie below its parent' },
} as const
