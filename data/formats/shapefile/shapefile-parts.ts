import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Archive } from '../archive/archive.ts'
import { FileProblem } from '../file-problem.ts'
import type { Bytes } from '../source-row.ts'

/** One of a Shapefile's files, readable more than once. */
export type FilePart = { name: string; size: number; open: () => AsyncIterable<Uint8Array> }

/** The files of one layer; `.shp` and `.dbf` are the layer, the others are short texts about it. */
export type ShapefileParts = {
  name: string
  shp: FilePart | null
  dbf: FilePart | null
  prj: string | null
  cpg: string | null
}

/** The layers of a Shapefile: that of a loose file with its siblings, or those of an archive by name. */
export async function findShapefiles(bytes: Bytes): Promise<[ShapefileParts, ...ShapefileParts[]]> {
  const head = await bytes.read(0, 2)
  const isArchive = head[0] === 0x50 && head[1] === 0x4b
  return isArchive ? inArchive(bytes) : [await beside(bytes)]
}

/** Siblings are asked for by name and not listed: whoever reads may see these files and no folder. */
async function beside(bytes: Bytes): Promise<ShapefileParts> {
  const extension = extname(bytes.name)
  const stem = basename(bytes.name, extension)
  const own: FilePart = { name: bytes.name, size: bytes.size, open: bytes.open }
  const isTable = extension.toLowerCase() === '.dbf'
  if (bytes.path === null)
    return { name: stem, shp: isTable ? null : own, dbf: isTable ? own : null, prj: null, cpg: null }
  const diskStem = bytes.path.slice(0, -extension.length)
  const part = async (end: string): Promise<FilePart | null> => {
    for (const path of [end, end.toUpperCase()].map((variant) => diskStem + variant)) {
      const found = await stat(path).catch(() => null)
      if (found?.isFile() === true)
        return {
          name: `${stem}${end}`,
          size: found.size,
          open: () => createReadStream(path, { highWaterMark: 262_144 }),
        }
    }
    return null
  }
  return {
    name: stem,
    shp: isTable ? await part('.shp') : own,
    dbf: isTable ? own : await part('.dbf'),
    prj: await shortText(await part('.prj')),
    cpg: await shortText(await part('.cpg')),
  }
}

async function inArchive(bytes: Bytes): Promise<[ShapefileParts, ...ShapefileParts[]]> {
  const archive = await Archive.open(bytes)
  const layers: ShapefileParts[] = []
  for (const entry of archive.entries) {
    if (!/\.(shp|dbf)$/i.test(entry.name)) continue
    const stem = entry.name.slice(0, -4)
    if (/\.dbf$/i.test(entry.name) && archive.find(`${stem}.shp`) !== null) continue
    const part = (end: string): FilePart | null => {
      const found = archive.find(stem + end)
      return found === null ? null : { name: found.name, size: found.size, open: () => archive.read(found) }
    }
    layers.push({
      name: stem,
      shp: part('.shp'),
      dbf: part('.dbf'),
      prj: await shortText(part('.prj')),
      cpg: await shortText(part('.cpg')),
    })
  }
  // Two folders of an archive can hold a layer of the same name.
  const names = layers.map(({ name }) => basename(name))
  layers.forEach((layer, index) => {
    const name = names[index] ?? layer.name
    if (names.indexOf(name) === names.lastIndexOf(name)) layer.name = name
  })
  const [first, ...others] = layers
  if (first !== undefined) return [first, ...others]
  throw new FileProblem(
    `“${bytes.name}”里没有 Shapefile（.shp）。压缩包里应有 .shp、.dbf、.shx、.prj 这几个文件`,
    `There is no Shapefile (.shp) in “${bytes.name}”. The archive should hold the .shp, .dbf, .shx and .prj`,
  )
}

/** The text of a `.prj` or `.cpg`; what is longer than any of them is something else. */
async function shortText(part: FilePart | null): Promise<string | null> {
  if (part === null || part.size > 65_536) return null
  const chunks: Uint8Array[] = []
  for await (const chunk of part.open()) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
