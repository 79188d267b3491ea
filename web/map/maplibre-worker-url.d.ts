/** Address of MapLibre's worker, made by `web/build/maplibre-in-two.ts`. */
declare module 'virtual:maplibre-worker-url' {
  const address: string
  export default address
}
