import fontkit from '@cantoo/fontkit'
import {
  concatTransformationMatrix,
  degrees,
  drawObject,
  PDFDocument,
  popGraphicsState,
  pushGraphicsState,
  rgb,
  type PDFPage,
} from '@cantoo/pdf-lib'
import type { Drawing, Shape, TextShape } from './drawing.ts'
import { PdfFonts } from './pdf-fonts.ts'

const pointsPerMillimetre = 72 / 25.4

/** A map's picture as `PixelCompressor` gives it. */
export type CompressedPicture = { rows: Blob; width: number; height: number }

export type PdfFacts = { title: string; author: string; subject: string; language: string; made: Date }

/**
 * A PDF of one or more pages: everything but the map is drawn as lines and text, with the used characters of the app's
 * font embedded, so that it can be searched and copied. The map is a picture without loss.
 */
export class PdfWriter {
  readonly #document: PDFDocument
  readonly #fonts: PdfFonts

  private constructor(document: PDFDocument, fonts: PdfFonts) {
    this.#document = document
    this.#fonts = fonts
  }

  /** @param fetchFile fetches a font file of the app by its path */
  static async create(facts: PdfFacts, fetchFile: (path: string) => Promise<ArrayBuffer>): Promise<PdfWriter> {
    const document = await PDFDocument.create()
    document.registerFontkit(fontkit)
    document.setTitle(facts.title, { showInWindowTitleBar: true })
    document.setSubject(facts.subject)
    document.setAuthor(facts.author)
    document.setLanguage(facts.language)
    document.setCreator('民情地图 Minqing Map')
    document.setCreationDate(facts.made)
    document.setModificationDate(facts.made)
    return new PdfWriter(document, new PdfFonts(document, fetchFile))
  }

  /** Adds a page; `picture` is null on a page without a map. */
  async addPage(drawing: Drawing, picture: CompressedPicture | null): Promise<void> {
    for (const shape of drawing.shapes) if (shape.kind === 'text') await this.#fonts.prepare(shape.text, shape.weight)
    const page = this.#document.addPage([drawing.width * pointsPerMillimetre, drawing.height * pointsPerMillimetre])
    const ground = { x: 0, y: 0, width: page.getWidth(), height: page.getHeight() }
    page.drawRectangle({ ...ground, color: colourOf(drawing.ground) })
    for (const shape of drawing.shapes) await this.#draw(page, shape, picture)
  }

  async save(): Promise<Blob> {
    const bytes = await this.#document.save()
    return new Blob([bytes], { type: 'application/pdf' })
  }

  async #draw(page: PDFPage, shape: Shape, picture: CompressedPicture | null): Promise<void> {
    switch (shape.kind) {
      case 'text':
        this.#drawText(page, shape)
        return
      case 'path': {
        const { points, closed, fill, stroke } = shape
        const path = `${points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'} ${x} ${y}`).join(' ')}${closed ? ' Z' : ''}`
        page.drawSvgPath(path, {
          x: 0,
          y: page.getHeight(),
          scale: pointsPerMillimetre,
          ...(fill === undefined ? {} : { color: colourOf(fill) }),
          ...(stroke === undefined
            ? {}
            : {
                borderColor: colourOf(stroke.colour),
                borderWidth: stroke.width,
                borderOpacity: stroke.opacity ?? 1,
              }),
        })
        return
      }
      case 'picture': {
        if (picture === null) return
        const name = page.node.newXObject('Map', await this.#embed(picture))
        const [width, height] = [shape.width * pointsPerMillimetre, shape.height * pointsPerMillimetre]
        const left = shape.x * pointsPerMillimetre
        const below = page.getHeight() - shape.y * pointsPerMillimetre - height
        page.pushOperators(
          pushGraphicsState(),
          concatTransformationMatrix(width, 0, 0, height, left, below),
          drawObject(name),
          popGraphicsState(),
        )
      }
    }
  }

  #drawText(page: PDFPage, { text, x, y, size, weight, colour, anchor, angle = 0 }: TextShape): void {
    const runs = this.#fonts.runs(text, weight)
    const points = size * pointsPerMillimetre
    const widths = runs.map((run) => run.font.widthOfTextAtSize(run.text, points))
    const width = widths.reduce((sum, own) => sum + own, 0)
    const share = { start: 0, middle: 0.5, end: 1 }[anchor]
    const turn = (angle * Math.PI) / 180
    let along = -width * share
    for (const [index, run] of runs.entries()) {
      page.drawText(run.text, {
        x: x * pointsPerMillimetre + along * Math.cos(turn),
        y: page.getHeight() - y * pointsPerMillimetre + along * Math.sin(turn),
        size: points,
        font: run.font,
        color: colourOf(colour),
        rotate: degrees(angle),
      })
      along += widths[index]!
    }
  }

  /** Rows as they are in a PNG are a picture with predictor 15 (ISO 32000-1 §7.4.4.4). */
  async #embed({ rows, width, height }: CompressedPicture) {
    const { context } = this.#document
    const bytes = new Uint8Array(await rows.arrayBuffer())
    return context.register(
      context.stream(bytes, {
        Type: 'XObject',
        Subtype: 'Image',
        Width: width,
        Height: height,
        ColorSpace: 'DeviceRGB',
        BitsPerComponent: 8,
        Filter: 'FlateDecode',
        DecodeParms: { Predictor: 15, Colors: 3, BitsPerComponent: 8, Columns: width },
      }),
    )
  }
}

/** Of `#rrggbb` or `rgb(r g b)`. */
function colourOf(css: string) {
  const hex = /^#([0-9a-f]{6})$/i.exec(css)?.[1]
  const channels =
    hex === undefined
      ? (css.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
      : [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  const [red = 0, green = 0, blue = 0] = channels
  return rgb(red / 255, green / 255, blue / 255)
}
