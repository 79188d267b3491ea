/** A part of a page in its device pixels, from the upper left corner. */
export type PixelWindow = { x: number; y: number; width: number; height: number }

/** Of the uniforms that are added to every shader. */
const names = { window: 'print_window', origin: 'print_origin' } as const

type Uniforms = { window: WebGLUniformLocation | null; origin: WebGLUniformLocation | null }

/**
 * Lets a map draw a page that is larger than any canvas, part by part, with one camera and one placement of names.
 *
 * For MapLibre and deck.gl the canvas has the size of the page, so that everything is laid out once for the
 * whole page. The canvas itself has the size of one part. Every vertex shader ends with the step from clip coordinates
 * of the page to those of the part, and every fragment shader reads `gl_FragCoord` in pixels of the page. The parts
 * therefore fit together without seams, also where a name, a tilted view or the wall of a building crosses their edges.
 *
 * Has to be made before the map draws for the first time, because shaders are changed before they are compiled.
 */
export class CanvasWindow {
  readonly #canvas: HTMLCanvasElement
  readonly #gl: WebGL2RenderingContext
  /** The context's own, past the one that renderers call. */
  readonly #setViewport: WebGL2RenderingContext['viewport']
  readonly #programs = new Map<WebGLProgram, Uniforms>()
  readonly #page: { width: number; height: number }
  #part: PixelWindow
  /** What was asked for last is drawn on the page, not into a texture. */
  #isPageDrawn = true

  /** @throws Error when the canvas has no WebGL 2 context */
  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext('webgl2')
    if (gl === null) throw new Error('the map has no drawing context')
    this.#canvas = canvas
    this.#gl = gl
    this.#setViewport = gl.viewport.bind(gl)
    this.#page = { width: canvas.width, height: canvas.height }
    this.#part = { x: 0, y: 0, ...this.#page }
    this.#reportPageSize()
    this.#changeShaders()
    this.#changeCalls()
  }

  /** Size of the page in device pixels, as the map has set it. */
  get page(): { readonly width: number; readonly height: number } {
    return this.#page
  }

  /** Gives the canvas the size of a part; what the map draws next is that part. */
  select(part: PixelWindow): void {
    this.#part = part
    for (const side of ['width', 'height'] as const) {
      const own = ownSide(side)
      if (own.get?.call(this.#canvas) !== part[side]) own.set?.call(this.#canvas, part[side])
    }
    // Renderers set the viewport only where it differs from their last, which was the page's as well.
    if (this.#isPageDrawn) this.#setViewport(0, 0, part.width, part.height)
    const current = this.#gl.getParameter(this.#gl.CURRENT_PROGRAM) as WebGLProgram | null
    for (const program of this.#programs.keys()) {
      this.#gl.useProgram(program)
      this.#setUniforms(program)
    }
    this.#gl.useProgram(current)
  }

  /** Whoever asks for the canvas's size, or sets it, means the page's. */
  #reportPageSize(): void {
    for (const [side, drawn] of [
      ['width', 'drawingBufferWidth'],
      ['height', 'drawingBufferHeight'],
    ] as const) {
      const get = () => this.#page[side]
      const set = (pixels: number) => {
        this.#page[side] = pixels
      }
      Object.defineProperty(this.#canvas, side, { configurable: true, get, set })
      Object.defineProperty(this.#gl, drawn, { configurable: true, get })
    }
  }

  #changeShaders(): void {
    const gl = this.#gl
    const compile = gl.shaderSource.bind(gl)
    gl.shaderSource = (shader, source) => {
      const isVertex = gl.getShaderParameter(shader, gl.SHADER_TYPE) === gl.VERTEX_SHADER
      compile(shader, isVertex ? inPart(source) : inPagePixels(source))
    }
  }

  #changeCalls(): void {
    const gl = this.#gl
    gl.viewport = (x, y, width, height) => {
      const { page } = this
      // Rounded: deck.gl derives the size from CSS pixels. Textures that are drawn into keep their own sizes.
      this.#isPageDrawn = x === 0 && Math.abs(width - page.width) <= 1 && Math.abs(height - page.height) <= 1
      if (this.#isPageDrawn) this.#setViewport(0, 0, this.#part.width, this.#part.height)
      else this.#setViewport(x, y, width, height)
    }
    const use = gl.useProgram.bind(gl)
    gl.useProgram = (program) => {
      use(program)
      if (program === null || this.#programs.has(program)) return
      this.#programs.set(program, {
        window: gl.getUniformLocation(program, names.window),
        origin: gl.getUniformLocation(program, names.origin),
      })
      this.#setUniforms(program)
    }
    const remove = gl.deleteProgram.bind(gl)
    gl.deleteProgram = (program) => {
      if (program !== null) this.#programs.delete(program)
      remove(program)
    }
  }

  /** Of the program in use. */
  #setUniforms(program: WebGLProgram): void {
    const { window = null, origin = null } = this.#programs.get(program) ?? {}
    const [scaleX, scaleY, shiftX, shiftY] = clipWindow(this.#page, this.#part)
    if (window !== null) this.#gl.uniform4f(window, scaleX, scaleY, shiftX, shiftY)
    const { x, y, height } = this.#part
    if (origin !== null) this.#gl.uniform2f(origin, x, this.#page.height - y - height)
  }
}

/** The canvas's own property, past the one that reports the page's size. */
function ownSide(side: 'width' | 'height'): PropertyDescriptor {
  return Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side) ?? {}
}

/**
 * Scale and shift from clip coordinates of the page (−1 to 1 from left to right and from below to above) to those of a
 * part: x, y scale, then x, y shift.
 */
export function clipWindow(
  page: { width: number; height: number },
  part: PixelWindow,
): [scaleX: number, scaleY: number, shiftX: number, shiftY: number] {
  const scaleX = page.width / part.width
  const scaleY = page.height / part.height
  const below = page.height - part.y - part.height
  return [scaleX, scaleY, scaleX - (2 * part.x) / part.width - 1, scaleY - (2 * below) / part.height - 1]
}

/** A vertex shader that ends in clip coordinates of the part. */
export function inPart(source: string): string {
  return `${source.replace(/\bvoid\s+main\s*\(\s*(?:void)?\s*\)/, 'void print_page()')}
uniform highp vec4 ${names.window};
void main() {
  print_page();
  gl_Position.xy = gl_Position.xy * ${names.window}.xy + ${names.window}.zw * gl_Position.w;
}
`
}

/** A fragment shader that reads its place in pixels of the page. */
export function inPagePixels(source: string): string {
  if (!source.includes('gl_FragCoord')) return source
  const [, version = '', body = source] = /^(\s*#version[^\n]*\n)([\s\S]*)$/.exec(source) ?? []
  const place = `(gl_FragCoord + vec4(${names.origin}, 0.0, 0.0))`
  return `${version}uniform highp vec2 ${names.origin};\n${body.replaceAll(/\bgl_FragCoord\b/g, place)}`
}
