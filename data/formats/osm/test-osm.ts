import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'

type Tags = Record<string, string>
export type TestOsm = {
  nodes: [id: number, lon: number, lat: number, tags?: Tags][]
  ways: [id: number, refs: number[], tags?: Tags][]
  relations: [id: number, members: ['way' | 'node', number, string][], tags: Tags][]
}

const tagXml = (tags: Tags = {}) =>
  Object.entries(tags)
    .map(([k, v]) => `<tag k="${k}" v="${v.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"/>`)
    .join('')

export function osmXml({ nodes, ways, relations }: TestOsm): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">',
    ...nodes.map(([id, lon, lat, tags]) => `<node id="${id}" lon="${lon}" lat="${lat}">${tagXml(tags)}</node>`),
    ...ways.map(
      ([id, refs, tags]) => `<way id="${id}">${refs.map((ref) => `<nd ref="${ref}"/>`).join('')}${tagXml(tags)}</way>`,
    ),
    ...relations.map(
      ([id, members, tags]) =>
        `<relation id="${id}">${members.map(([type, ref, role]) => `<member type="${type}" ref="${ref}" role="${role}"/>`).join('')}${tagXml(tags)}</relation>`,
    ),
    '</osm>',
  ].join('\n')
}

/** The same as PBF: dense nodes, ways and relations in a block each. */
export function osmPbf(
  { nodes, ways, relations }: TestOsm,
  required = ['OsmSchema-V0.6', 'DenseNodes'],
  program = '',
): Buffer {
  const strings = ['']
  const index = (text: string) => {
    if (!strings.includes(text)) strings.push(text)
    return strings.indexOf(text)
  }
  const differences = (values: number[]) => values.map((value, i) => value - (values[i - 1] ?? 0))
  const keysAndValues = (pbf: PbfWriter, tags: Tags = {}) => {
    pbf.writePackedVarint(2, Object.keys(tags).map(index))
    pbf.writePackedVarint(3, Object.values(tags).map(index))
  }
  const group = message((pbf) => {
    pbf.writeMessage(
      2,
      (_, dense) => {
        dense.writePackedSVarint(1, differences(nodes.map(([id]) => id)))
        dense.writePackedSVarint(8, differences(nodes.map(([, , lat]) => Math.round(lat * 1e7))))
        dense.writePackedSVarint(9, differences(nodes.map(([, lon]) => Math.round(lon * 1e7))))
        dense.writePackedVarint(
          10,
          nodes.flatMap(([, , , tags = {}]) => [...Object.entries(tags).flatMap(([k, v]) => [index(k), index(v)]), 0]),
        )
      },
      null,
    )
    for (const [id, refs, tags] of ways)
      pbf.writeMessage(
        3,
        (_, way) => {
          way.writeVarintField(1, id)
          keysAndValues(way, tags)
          way.writePackedSVarint(8, differences(refs))
        },
        null,
      )
    for (const [id, members, tags] of relations)
      pbf.writeMessage(
        4,
        (_, relation) => {
          relation.writeVarintField(1, id)
          keysAndValues(relation, tags)
          relation.writePackedVarint(
            8,
            members.map(([, , role]) => index(role)),
          )
          relation.writePackedSVarint(9, differences(members.map(([, ref]) => ref)))
          relation.writePackedVarint(
            10,
            members.map(([type]) => (type === 'node' ? 0 : 1)),
          )
        },
        null,
      )
  })
  const content = message((pbf) => {
    pbf.writeMessage(1, (_, table) => strings.forEach((text) => table.writeBytesField(1, Buffer.from(text))), null)
    pbf.writeBytesField(2, group)
  })
  const header = message((pbf) => {
    required.forEach((feature) => pbf.writeStringField(4, feature))
    if (program !== '') pbf.writeStringField(16, program)
  })
  return Buffer.concat([block('OSMHeader', header, program === ''), block('OSMData', content)])
}

function block(type: string, content: Uint8Array, deflated = true): Buffer {
  const blob = message((pbf) => {
    if (deflated) pbf.writeVarintField(2, content.length)
    pbf.writeBytesField(deflated ? 3 : 1, deflated ? deflateSync(content) : content)
  })
  const header = message((pbf) => {
    pbf.writeStringField(1, type)
    pbf.writeVarintField(3, blob.length)
  })
  const length = Buffer.alloc(4)
  length.writeUInt32BE(header.length)
  return Buffer.concat([length, header, blob])
}

function message(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter()
  write(pbf)
  return pbf.finish()
}
