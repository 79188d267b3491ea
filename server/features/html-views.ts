import type { Language } from '@minqing/data/domain/label'
import type { FeatureCollection, Feature } from 'geojson'
import { htmlPage, type PageLink } from '../http/html-page.ts'
import type { CollectionDescription } from './describe-collection.ts'
import type { FeatureSource } from './feature-source.ts'
import { type landingPage } from './service-documents.ts'
import type { Link } from './links.ts'
import { queryablesOf } from './queryables.ts'

const words = {
  zh: {
    home: '民情地图 API',
    collections: '数据集合',
    conformance: '遵循的规范',
    queryables: '可查询属性',
    items: '浏览要素',
    next: '下一页',
    matched: '项符合，',
    shown: '项在本页',
  },
  en: {
    home: 'Minqing Map API',
    collections: 'Collections',
    conformance: 'Conformance classes',
    queryables: 'Queryables',
    items: 'Browse the features',
    next: 'Next page',
    matched: 'match, ',
    shown: 'on this page',
  },
} as const

type Landing = ReturnType<typeof landingPage>

export function landingView({ title, description, links }: Landing, language: Language): Promise<string> {
  const shown = links.filter(({ rel }) => rel !== 'alternate' && rel !== 'self')
  return htmlPage({ title, description, trail: [], links: shown.map(asPageLink) }, language)
}

export function conformanceView(classes: readonly string[], language: Language): Promise<string> {
  const rows = classes.map((name) => ({ cells: [name] }))
  const table = { columns: ['URI'], rows }
  return htmlPage({ title: words[language].conformance, trail: [home(language)], table }, language)
}

export function collectionsView(collections: CollectionDescription[], language: Language): Promise<string> {
  const links = collections.map(({ id, title, description }) => ({
    href: `/api/collections/${id}?f=html`,
    title: `${title} – ${description}`,
  }))
  return htmlPage({ title: words[language].collections, trail: [home(language)], links }, language)
}

export function collectionView({ id, title, description }: CollectionDescription, language: Language): Promise<string> {
  const links = [{ href: `/api/collections/${id}/items?f=html&limit=50`, title: words[language].items }]
  return htmlPage({ title, description, trail: [home(language), list(language)], links }, language)
}

export function itemsView(source: FeatureSource, text: string, links: Link[], language: Language): Promise<string> {
  const texts = words[language]
  const { features, numberMatched } = JSON.parse(text) as FeatureCollection & { numberMatched?: number }
  const matched = numberMatched === undefined ? '' : `${numberMatched} ${texts.matched}`
  const columns = Object.keys(features[0]?.properties ?? {})
  const next = links.find(({ rel }) => rel === 'next')
  const rows = features.map(({ id, properties }) => ({
    href: `/api/collections/${source.id}/items/${encodeURIComponent(String(id))}?f=html`,
    cells: [id, ...columns.map((column) => properties?.[column] as unknown)],
  }))
  return htmlPage(
    {
      title: source.title[language],
      description: `${matched}${features.length} ${texts.shown}`,
      trail: [home(language), list(language), collection(source, language)],
      links: next === undefined ? [] : [{ href: next.href, title: texts.next }],
      table: { columns: ['id', ...columns], rows },
    },
    language,
  )
}

export function featureView(source: FeatureSource, text: string, language: Language): Promise<string> {
  const { id, properties, geometry } = JSON.parse(text) as Feature
  const rows = Object.entries({ ...properties, geometry }).map((cells) => ({ cells }))
  return htmlPage(
    {
      title: String(id),
      trail: [home(language), list(language), collection(source, language)],
      table: { columns: ['', ''], rows },
    },
    language,
  )
}

export function queryablesView(source: FeatureSource, language: Language): Promise<string> {
  const rows = queryablesOf(source).map(({ name, type, title, values }) => ({
    cells: [name, title[language], type, values?.join('、') ?? ''],
  }))
  return htmlPage(
    {
      title: words[language].queryables,
      trail: [home(language), list(language), collection(source, language)],
      table: { columns: ['', '', '', ''], rows },
    },
    language,
  )
}

const home = (language: Language): PageLink => ({ href: '/api?f=html', title: words[language].home })
const list = (language: Language): PageLink => ({ href: '/api/collections?f=html', title: words[language].collections })
const collection = ({ id, title }: FeatureSource, language: Language): PageLink => ({
  href: `/api/collections/${id}?f=html`,
  title: title[language],
})

function asPageLink({ href, rel, title }: Link): PageLink {
  return { href: rel === 'data' ? `${href}?f=html` : href, title: title ?? rel }
}
