import { expect, it } from 'vitest'
import { clipWindow, inPagePixels, inPart } from './canvas-window.ts'

const page = { width: 9000, height: 5000 }

it('maps the corners of a part to the corners of its canvas', () => {
  const part = { x: 2048, y: 1024, width: 2000, height: 1000 }
  const [scaleX, scaleY, shiftX, shiftY] = clipWindow(page, part)
  // Clip coordinates of the page: x to the right, y upwards.
  const place = (x: number, y: number) => [
    ((2 * x) / page.width - 1) * scaleX + shiftX,
    (1 - (2 * y) / page.height) * scaleY + shiftY,
  ]
  const expected = [
    [part.x, part.y, -1, 1],
    [part.x + part.width, part.y + part.height, 1, -1],
    [part.x + part.width / 2, part.y + part.height / 2, 0, 0],
  ] as const
  for (const [x, y, clipX, clipY] of expected) {
    const [ownX, ownY] = place(x, y)
    expect(ownX).toBeCloseTo(clipX, 9)
    expect(ownY).toBeCloseTo(clipY, 9)
  }
})

it('changes nothing where the part is the page', () => {
  const unchanged = clipWindow(page, { x: 0, y: 0, ...page })
  expect(unchanged.map((value) => Math.abs(value))).toEqual([1, 1, 0, 0])
})

it('adds the step to the part to a vertex shader, after its own work', () => {
  const shader = inPart('#version 300 es\nin vec2 a;\nvoid main(void) {\n  gl_Position = vec4(a, 0.0, 1.0);\n}\n')
  expect(shader.match(/void main\b/g)).toHaveLength(1)
  expect(shader).toContain('void print_page() {\n  gl_Position = vec4(a, 0.0, 1.0);')
  expect(shader.indexOf('print_page();')).toBeGreaterThan(shader.indexOf('void print_page()'))
})

it('lets a fragment shader read its place in the page, and leaves the others as they are', () => {
  const shader = inPagePixels('#version 300 es\nprecision highp float;\nvoid main() { float x = gl_FragCoord.x; }\n')
  expect(shader).toMatch(/^#version 300 es\nuniform highp vec2 print_origin;\n/)
  expect(shader).toContain('(gl_FragCoord + vec4(print_origin, 0.0, 0.0)).x')
  expect(inPagePixels('void main() {}')).toBe('void main() {}')
})
