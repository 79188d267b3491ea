import { useQuery, type UseQueryOptions } from '@tanstack/react-query'
import { createContext, useContext, type ComponentType, type ReactNode } from 'react'
import type { Language } from '@minqing/data/domain/label'
import type { WallFormat } from '../wall-format.ts'
import type { WallPlace } from '../wall-queries.ts'
import styles from './panel.module.css'

/** What every panel of a wall is shown with. */
export type WallView = {
  place: WallPlace
  /** Code of the community that the tour is at; null at the overview. */
  community: string | null
  /** The server's time in milliseconds. */
  now: number
  format: WallFormat
  language: Language
}

/** Size in hundredths of the screen's height. */
type Size = { width: number; height: number }

type Definition<Id extends string, Response, Data> = {
  id: Id
  /** What the panel is drawn from: a part of the picture (`pictureQuery`), or a resource of its own below `/api/wall`. */
  query: (place: WallPlace) => UseQueryOptions<Response, Error, Data>
  View: ComponentType<{ data: Data; wall: WallView }>
  /** In less the panel cannot be read. */
  smallest: Size
}

export type WallPanel<Id extends string = string> = {
  id: Id
  smallest: Size
  Panel: ComponentType<{ wall: WallView }>
}

/** A panel of the wall. It shows nothing until its data is there, and its last data while the server is away. */
export function defineWallPanel<const Id extends string, Response, Data>({
  id,
  query,
  View,
  smallest,
}: Definition<Id, Response, Data>): WallPanel<Id> {
  function Panel({ wall }: { wall: WallView }) {
    const { data } = useQuery(query(wall.place))
    if (data === undefined) return null
    return (
      <SmallestContext value={smallest}>
        <View data={data} wall={wall} />
      </SmallestContext>
    )
  }
  return { id, smallest, Panel }
}

const SmallestContext = createContext<Size>({ width: 0, height: 0 })

/** Frame of a panel, never smaller than the panel's smallest size: what it shows, and its unit and period. */
export function Frame(props: { title: string; note?: string | undefined; grow?: boolean; children: ReactNode }) {
  const { width, height } = useContext(SmallestContext)
  return (
    <section
      className={props.grow ? `${styles.panel} ${styles.grow}` : styles.panel}
      style={{ minInlineSize: `calc(${width} * var(--u))`, minBlockSize: `calc(${height} * var(--u))` }}
    >
      <header className={styles.head}>
        <h2>{props.title}</h2>
        {props.note === undefined ? null : <p>{props.note}</p>}
      </header>
      {props.children}
    </section>
  )
}

/** A number to be read from six metres, with its name above and its unit beside. */
export function Figure(props: {
  label: string
  value: string
  unit?: string | undefined
  detail?: string | undefined
  tone?: 'plain' | 'alert'
  size?: 'key' | 'side'
}) {
  const size = props.size ?? 'key'
  return (
    <div className={styles.figure}>
      <dt>{props.label}</dt>
      <dd className={`${styles[size]} ${props.tone === 'alert' ? styles.alert : ''}`}>
        {props.value}
        {props.unit ? <small>{props.unit}</small> : null}
      </dd>
      {props.detail === undefined ? null : <dd className={styles.detail}>{props.detail}</dd>}
    </div>
  )
}
