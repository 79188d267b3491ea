import { disablePostgis, enablePostgis, gisViews } from '../store/postgis.ts'
import { defineCommand, UsageError } from './command.ts'

export const postgisCommand = defineCommand({
  name: 'postgis',
  summary: { zh: '为 QGIS 等软件提供带几何列的视图', en: 'Views with geometry columns for QGIS and the like' },
  help: `用法 · Usage
  minqing postgis enable | disable

  enable   在装有 PostGIS 的服务器上建立模式 gis：${gisViews.join('、')}，几何列 geom，坐标系 CGCS2000（EPSG:4490）
           on a server that has PostGIS, make the schema gis with these views; column geom, CGCS2000 (EPSG:4490)
  disable  删除这些视图与索引，扩展保留 · remove the views and indexes, leave the extension

  每个人用自己的数据库账号连接，只看到自己范围内的行：
  Everybody connects with a login of their own and sees the rows of their own area:
    create role li login password '…' in role minqing_reader;
    alter role li set app.scope = '990101001';

例 · Example
  DATABASE_URL=postgres://user:password@host/minqing minqing postgis enable`,
  options: {},
  run: async ({ database, out }, { positionals }) => {
    const [action, ...rest] = positionals
    if (rest.length > 0 || (action !== 'enable' && action !== 'disable'))
      throw new UsageError('minqing postgis enable | disable')
    if (action === 'disable') {
      await disablePostgis(await database())
      out('已删除模式 gis · The schema gis is removed')
      return 0
    }
    const version = await enablePostgis(await database())
    out(`PostGIS ${version}：已建立视图 · These views are ready: ${gisViews.map((view) => `gis.${view}`).join(', ')}`)
    return 0
  },
})
