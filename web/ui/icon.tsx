const paths = {
  analysis: 'M2.5 13.5h11M4 11V8m4 3V3.5m4 7.5V6',
  back: 'M10 3 5 8l5 5',
  chevron: 'm6 3 5 5-5 5',
  close: 'm4 4 8 8m0-8-8 8',
  down: 'm3 6 5 5 5-5',
  download: 'M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 11v2.5h11V11',
  figures: 'M8 2.5A5.5 5.5 0 1 0 13.5 8H8zM10.5 2A4 4 0 0 1 14 5.5h-3.5z',
  filter: 'M2 4h12M4.5 8h7M7 12h2',
  layers: 'm8 2 6 3.2L8 8.4 2 5.2zM2 8.2l6 3.2 6-3.2M2 11.2l6 3.2 6-3.2',
  list: 'M6 4h8M6 8h8M6 12h8M2.5 4h.5M2.5 8h.5M2.5 12h.5',
  minus: 'M3 8h10',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z',
  north: 'm8 2 3.5 11L8 10.6 4.5 13z',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14a5.5 5.5 0 0 1 11 0',
  phone:
    'M3.5 2.5h2.4l1.1 3-1.5 1.1a8 8 0 0 0 3.9 3.9l1.1-1.5 3 1.1v2.4c0 .6-.4 1-1 1A10 10 0 0 1 2.5 3.5c0-.6.4-1 1-1z',
  plus: 'M8 3v10M3 8h10',
  reset: 'M3 3v3.5h3.5M3.3 6.5A5.2 5.2 0 1 1 3 9.5',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zm3.7-1.3L14 14',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1.3m0 10.4v1.3M1.5 8h1.3m10.4 0h1.3M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9',
  upload: 'M8 10.5v-8M4.5 6 8 2.5 11.5 6M2.5 11v2.5h11V11',
  undo: 'M3 6h6.5a3.5 3.5 0 1 1 0 7H6M6 3 3 6l3 3',
  wall: 'M1.5 3h13v8.5h-13zM5.5 14h5',
} as const

export type IconName = keyof typeof paths

/** Drawn in the colour of the text and hidden from screen readers: it always stands beside a name. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}
