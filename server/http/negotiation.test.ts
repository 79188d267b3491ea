import { expect, test } from 'vitest'
import { acceptedEncoding, languageOf, preferredRepresentation, representationOf } from './negotiation.ts'

test.each([
  [undefined, 'json'],
  ['*/*', 'json'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
  ['application/geo+json, application/json;q=0.9', 'json'],
  ['application/vnd.oai.openapi+json;version=3.0, application/json', 'json'],
  ['text/html;q=0.5, application/json', 'json'],
  ['application/*', 'json'],
  ['text/*', 'html'],
  ['application/json;q=0, text/html', 'html'],
  ['application/json;q=0, */*', 'html'],
  ['application/xml', 'none'],
  ['image/png, application/xml;q=0.9', 'none'],
] as const)('Accept %s prefers %s', (accept, preferred) => {
  // The second time it comes from what is known.
  expect([preferredRepresentation(accept), preferredRepresentation(accept)]).toEqual([preferred, preferred])
})

test('f decides whatever Accept says; neither is a problem with a remedy', () => {
  expect(representationOf('html', 'application/json')).toBe('html')
  expect(() => representationOf('xml', undefined)).toThrow(expect.objectContaining({ code: 'bad_parameter' }) as Error)
  expect(() => representationOf(undefined, 'application/xml')).toThrow(
    expect.objectContaining({ code: 'not_acceptable' }) as Error,
  )
})

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['identity', 'identity'],
  ['GZIP', 'gzip'],
])('“%s” takes %s', (header, encoding) => {
  expect(acceptedEncoding(header)).toBe(encoding)
  expect(acceptedEncoding(header)).toBe(encoding)
})

test.each([
  [undefined, 'zh'],
  ['', 'zh'],
  ['fr,de;q=0.5', 'zh'],
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['zh-Hans-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['zh;q=0.3, en;q=0.8', 'en'],
  ['en;q=0', 'zh'],
  ['english', 'zh'],
  [';;,q=,en;q=x', 'zh'],
])('“%s” is read as %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
