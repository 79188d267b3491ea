import { describe, expect, it } from 'vitest'
import { definitionOf } from './crs.ts'
import { readPrj } from './read-prj.ts'

const geographic =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
/** As ArcGIS writes it. */
const kruger = (name: string, meridian: number, easting: number, base = geographic) =>
  `PROJCS["${name}",${base},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${easting}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${meridian}.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
const wgs84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'

describe('readPrj', () => {
  it.each([
    ['CGCS2000', geographic, 'cgcs2000'],
    ['WGS 84', wgs84, 'wgs84'],
    ['a 3° zone by its meridian', kruger('CGCS2000_3_Degree_GK_CM_114E', 114, 500_000), 'EPSG:4547'],
    ['a 3° zone by its number', kruger('CGCS2000_3_Degree_GK_Zone_38', 114, 38_500_000), 'EPSG:4526'],
    ['a 6° zone by its number', kruger('CGCS2000_GK_Zone_20', 117, 20_500_000), 'EPSG:4498'],
    ['a renamed layer', kruger('临时图层', 120, 500_000), 'EPSG:4549'],
    [
      'Web Mercator of ArcGIS',
      `PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",${wgs84},PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]`,
      'EPSG:3857',
    ],
    [
      'UTM',
      `PROJCS["WGS_1984_UTM_Zone_50N",${wgs84},PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`,
      'EPSG:32650',
    ],
    [
      'WKT 2',
      'PROJCRS["CGCS2000 / 3-degree Gauss-Kruger CM 114E",BASEGEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4490]],CONVERSION["3-degree Gauss-Kruger CM 114E",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of natural origin",114,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",1,SCALEUNIT["unity",1]],PARAMETER["False easting",500000,LENGTHUNIT["metre",1]],PARAMETER["False northing",0,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["northing (X)",north,ORDER[1],LENGTHUNIT["metre",1]],AXIS["easting (Y)",east,ORDER[2],LENGTHUNIT["metre",1]],ID["EPSG",4547]]',
      'EPSG:4547',
    ],
    [
      'a system of another country by its number, where the meridian agrees',
      'PROJCS["TWD97 / TM2 zone 121",GEOGCS["TWD97",DATUM["Taiwan_Datum_1997",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["central_meridian",121],PARAMETER["false_easting",250000],UNIT["metre",1],AUTHORITY["EPSG","3826"]]',
      'EPSG:3826',
    ],
  ])('reads %s', async (_, wkt, crs) => {
    expect(await readPrj(wkt)).toEqual({ crs })
  })

  it('names every zone that exists by what it is, and nothing else', async () => {
    for (let epsg = 4491; epsg <= 4554; epsg++) {
      const [, meridian = '', easting = ''] = /\+lon_0=(\d+) .*\+x_0=(\d+)/.exec(definitionOf(epsg) ?? '') ?? []
      const reading = await readPrj(kruger('x', Number(meridian), Number(easting)))
      // 6° zones without a number are the 3° zones of the same meridian.
      const same = 'crs' in reading ? definitionOf(Number(reading.crs.slice(5))) : null
      expect([epsg, same]).toEqual([epsg, definitionOf(epsg)])
    }
    for (const [meridian, easting] of [
      [114, 39_500_000],
      [115, 500_000],
      [72, 500_000],
      [114, 0],
    ] as const)
      expect(await readPrj(kruger('x', meridian, easting))).toHaveProperty('fault')
  })

  it.each([
    [
      'Xian 1980',
      kruger('x', 114, 38_500_000, geographic.replace('D_China_2000', 'D_Xian_1980')),
      /没有公开的转换参数/,
    ],
    ['Beijing 1954', geographic.replace('D_China_2000', 'D_Beijing_1954'), /没有公开的转换参数/],
    ['Krassovsky without a datum', geographic.replace('D_China_2000', 'D_Krasovsky_1940'), /七参数/],
    [
      'a number that the meridian contradicts',
      `${kruger('x', 120, 250_000).replace('D_China_2000', 'D_Taiwan').slice(0, -1)},AUTHORITY["EPSG","3826"]]`,
      /不认识/,
    ],
    ['another datum', geographic.replace('D_China_2000', 'D_North_American_1983'), /不认识坐标系“GCS_China/],
    ['feet', kruger('x', 114, 500_000).replace('"Meter",1.0', '"Foot_US",0.3048006'), /不认识/],
    ['gradians', geographic.replace('0.0174532925199433', '0.01570796326794897'), /不认识/],
    ['nothing', '', /不认识/],
    ['rubbish', 'PROJCS[[[[["', /不认识/],
  ])('refuses %s, saying how to go on', async (_, wkt, reason) => {
    const reading = await readPrj(wkt)
    expect('fault' in reading ? reading.fault.zh : '').toMatch(reason)
  })
})
