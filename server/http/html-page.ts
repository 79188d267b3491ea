import { html, raw } from 'hono/html'
import type { Language } from '@minqing/data/domain/label'

export type PageLink = { href: string; title: string }

/** A plain page for a person who opened a resource of the API in a browser; everything in it is escaped. */
export type Page = {
  title: string
  description?: string
  /** The way here, and the ways on. */
  trail: PageLink[]
  links?: PageLink[]
  /** One line a row; objects are shown as JSON. */
  table?: { columns: string[]; rows: { href?: string; cells: unknown[] }[] }
}

const style = raw(`
  :root { color-scheme: light dark }
  body { font: 16px/1.6 system-ui, "Noto Sans SC", sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
  nav, .links { margin: 1rem 0 } .links li { margin: .25rem 0 } a { color: LinkText }
  .scroll { overflow-x: auto } table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums }
  th, td { text-align: start; padding: .3rem .7rem; border-bottom: 1px solid #8884; white-space: nowrap; max-width: 24rem;
    overflow: hidden; text-overflow: ellipsis }`)

export async function htmlPage(page: Page, language: Language): Promise<string> {
  const { title, description, trail, links = [], table } = page
  const rendered = await html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <nav>
          ${trail.map(({ href, title: name }, index) => html`${index === 0 ? '' : ' ▸ '}<a href="${href}">${name}</a>`)}
        </nav>
        <h1>${title}</h1>
        ${description === undefined ? '' : html`<p>${description}</p>`}
        <ul class="links">
          ${links.map(({ href, title: name }) => html`<li><a href="${href}">${name}</a></li>`)}
        </ul>
        ${table === undefined ? '' : tableOf(table)}
      </body>
    </html>`
  return rendered.toString()
}

function tableOf({ columns, rows }: NonNullable<Page['table']>) {
  const cell = (value: unknown) => (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value))
  return html`<div class="scroll" tabindex="0">
    <table>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ href, cells }) =>
            html`<tr>
              ${cells.map((value, index) =>
                index === 0 && href !== undefined
                  ? html`<td><a href="${href}">${cell(value)}</a></td>`
                  : html`<td>${cell(value)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
