import type { Map as MapLibreMap, StyleSpecification } from 'maplibre-gl'

/**
 * Changes colours, texts and sizes in place. `setStyle` would compare whole sources, data included, and lose what has
 * been set since; the layers are the same in every theme and language, so only their properties can differ.
 */
export function restyle(map: MapLibreMap, before: StyleSpecification, after: StyleSpecification): void {
  if (after.light !== undefined) map.setLight(after.light)
  for (const [index, layer] of after.layers.entries()) {
    const old = before.layers[index]
    if (old?.id !== layer.id) throw new Error(`style layer ${layer.id} has moved: restyle() needs the same layers`)
    for (const [name, value] of changes(old.paint, layer.paint))
      map.setPaintProperty(layer.id, name as never, value as never)
    if ('layout' in layer && 'layout' in old)
      for (const [name, value] of changes(old.layout, layer.layout))
        map.setLayoutProperty(layer.id, name as never, value as never)
  }
}

function changes(before: object | undefined, after: object | undefined): [string, unknown][] {
  const old = new Map<string, unknown>(Object.entries(before ?? {}))
  return Object.entries(after ?? {}).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old.get(name)))
}
