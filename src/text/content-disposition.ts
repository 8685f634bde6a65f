// How a file's name travels in a header: under RFC 6266, with the real name as RFC 8187 writes it.

/** `attachment` has a second name in ASCII, for readers that are older than RFC 6266. */
export function contentDisposition(type: 'attachment' | 'inline', fileName: string): string {
  // RFC 8187 § 3.2.1: of what encodeURIComponent leaves, `'`, `(`, `)` and `*` are no attr-char.
  const exact = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  if (type === 'inline') return `inline; filename*=UTF-8''${exact}`
  const plain = fileName
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%]/g, '')
  return `attachment; filename="${plain === '' ? 'document.pdf' : plain}"; filename*=UTF-8''${exact}`
}
