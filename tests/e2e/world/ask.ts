/** Asks the server directly, past the page: what the page shows is compared with this. */
export async function ask<Body>(site: string, path: string): Promise<Body> {
  const response = await fetch(new URL(path, site))
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}
