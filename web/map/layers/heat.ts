import type { DefaultProps, UpdateParameters } from '@deck.gl/core'
import { BitmapLayer, type BitmapLayerProps } from '@deck.gl/layers'
import type { Device, Texture } from '@luma.gl/core'
import type { MapInputs } from '../map-inputs.ts'
import { densityOpacity, fadingInputs } from './crossfade.ts'
import { densityClasses, densityLegend, onGround, type Rgba } from './density-classes.ts'
import { defineLayer, lastCall, type LayerInputs } from './map-layer.ts'

type HeatResult = NonNullable<LayerInputs['densities']['heat']>

/** Kernel density of the incidents that the filter leaves, as filled contours on the ground. */
export const heat = defineLayer({
  id: 'heat',
  switch: { kind: 'density', label: { zh: '热力', en: 'Heat' } },
  legend: (inputs) => densityLegend(inputs.densities.heat, inputs, densityOpacity(inputs)),
  attach: () => {
    const made = lastCall(heatLayers)
    return {
      deck: {
        slot: 'density',
        uses: ['densities', 'theme', ...fadingInputs],
        layers: (inputs) => {
          const { densities, theme } = inputs
          return densities.heat === undefined ? [] : made(densities.heat, theme, densityOpacity(inputs))
        },
      },
    }
  },
})

/** One raster for each place, in the classes that the legend lists. */
export function heatLayers({ peak, clusters }: HeatResult, theme: MapInputs['theme'], opacity = 1) {
  const { step, colours } = densityClasses(peak, theme)
  if (step === undefined) return []
  return clusters.map(
    ({ raster }, index) =>
      new HeatLayer({
        id: `heat-${index}`,
        opacity,
        visible: opacity > 0,
        bounds: raster.bounds,
        values: raster.values,
        columns: raster.columns,
        rows: raster.rows,
        step,
        colours,
        parameters: onGround,
      }),
  )
}

type HeatLayerProps = BitmapLayerProps & {
  /** Densities row by row from the north-west. */
  values: Float32Array
  columns: number
  rows: number
  /** Width of one class in the values' unit; the first class begins at one step. */
  step: number
  colours: Rgba[]
}

const uniforms = `\
layout(std140) uniform heatUniforms {
  float step;
  float classes;
} heat;
`

const heatModule = {
  name: 'heat',
  vs: uniforms,
  fs: uniforms,
  uniformTypes: { step: 'f32', classes: 'f32' },
} as const

/**
 * The raster holds densities, not colours: they are interpolated first and classed on the screen, so that a class's
 * edge is a clean contour at any zoom and a theme changes without counting again.
 */
const fragmentShader = `\
#version 300 es
#define SHADER_NAME heat-layer-fragment-shader
precision highp float;
uniform highp sampler2D heatValues;
uniform highp sampler2D heatColours;
in vec2 vTexCoord;
in vec2 vTexPos;
out vec4 fragColor;

float valueAt(ivec2 at, ivec2 last) { return texelFetch(heatValues, clamp(at, ivec2(0), last), 0).r; }

float density(vec2 uv) {
  ivec2 size = textureSize(heatValues, 0);
  vec2 place = uv * vec2(size) - 0.5;
  ivec2 at = ivec2(floor(place));
  vec2 rest = place - vec2(at);
  ivec2 last = size - 1;
  float upper = mix(valueAt(at, last), valueAt(at + ivec2(1, 0), last), rest.x);
  float lower = mix(valueAt(at + ivec2(0, 1), last), valueAt(at + ivec2(1, 1), last), rest.x);
  return mix(upper, lower, rest.y);
}

vec4 colourOf(float level) {
  vec4 colour = texelFetch(heatColours, ivec2(int(clamp(level, 1.0, heat.classes)) - 1, 0), 0);
  return level < 0.5 ? vec4(colour.rgb, 0.0) : colour;
}

void main(void) {
  float level = density(vTexCoord) / heat.step;
  float edge = floor(level + 0.5);
  // A pixel at least, so that edges are smooth; a little more, so that they do not look cut out.
  float width = max(fwidth(level), 0.22);
  vec4 colour = mix(colourOf(edge - 1.0), colourOf(edge), clamp((level - edge) / width + 0.5, 0.0, 1.0));
  if (colour.a <= 0.0) discard;
  fragColor = vec4(colour.rgb, colour.a * layer.opacity);
  geometry.uv = vTexCoord;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`

/** Densities on the ground as filled contours. Never pickable: the value under a pointer is read from the raster. */
class HeatLayer extends BitmapLayer<HeatLayerProps> {
  static override layerName = 'HeatLayer'
  static override defaultProps = {
    ...BitmapLayer.defaultProps,
    values: { type: 'object', value: null, compare: false },
    columns: 1,
    rows: 1,
    step: 1,
    colours: { type: 'array', value: [], compare: true },
  } as unknown as DefaultProps<HeatLayerProps>

  declare state: BitmapLayer['state'] & { values?: Texture; colours?: Texture }

  override getShaders() {
    const shaders = super.getShaders()
    return { ...shaders, fs: fragmentShader, modules: [...shaders.modules, heatModule] }
  }

  override updateState(parameters: UpdateParameters<this>): void {
    super.updateState(parameters)
    const { props, oldProps } = parameters
    const { device } = this.context
    if (props.values !== oldProps.values) {
      this.state.values?.destroy()
      this.setState({ values: tableTexture(device, 'r32float', props.columns, props.rows, props.values) })
    }
    if (props.colours !== oldProps.colours) {
      this.state.colours?.destroy()
      const bytes = Uint8Array.from(props.colours.flat())
      this.setState({ colours: tableTexture(device, 'rgba8unorm', props.colours.length, 1, bytes) })
    }
  }

  override draw(): void {
    const { model, values, colours } = this.state
    if (!model || values === undefined || colours === undefined) return
    const unused = {
      bounds: [0, 0, 0, 0],
      coordinateConversion: 0,
      desaturate: 0,
      tintColor: [1, 1, 1],
      transparentColor: [0, 0, 0, 0],
    }
    model.shaderInputs.setProps({
      bitmap: unused,
      heat: { step: this.props.step, classes: this.props.colours.length, heatValues: values, heatColours: colours },
    })
    model.draw(this.context.renderPass)
  }

  override finalizeState(context: this['context']): void {
    this.state.values?.destroy()
    this.state.colours?.destroy()
    super.finalizeState(context)
  }
}

function tableTexture(
  device: Device,
  format: 'r32float' | 'rgba8unorm',
  width: number,
  height: number,
  data: Float32Array | Uint8Array,
): Texture {
  const texture = device.createTexture({
    format,
    width,
    height,
    sampler: {
      minFilter: 'nearest',
      magFilter: 'nearest',
      addressModeU: 'clamp-to-edge',
      addressModeV: 'clamp-to-edge',
    },
  })
  texture.writeData(data, { width, height })
  return texture
}
