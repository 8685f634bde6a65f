// Whether a text is a well-formed XML document with namespaces (XML 1.0, 2.1; Namespaces in XML 1.0), as far as XMP needs it: without
// entities of its own. Validators refuse a signed PDF whose XMP is none.

const start =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
const space = '[\\t\\n\\r ]'

type Grammar = { readonly pieces: RegExp; readonly attributes: RegExp }

function grammar(part: string, flags: string): Grammar {
  const qualified = `(?:${part}:)?${part}`
  const attribute = `${space}+${qualified}${space}*=${space}*(?:"[^<"]*"|'[^<']*')`
  return {
    /** Comments, CDATA sections, processing instructions, tags, text: each where it begins. */
    pieces: new RegExp(
      `<!--(?:(?!--)[^])*-->|<!\\[CDATA\\[[^]*?\\]\\]>|<\\?(${part})(?:${space}[^]*?)?\\?>|<!DOCTYPE${space}(?:[^<>[]|\\[[^\\]]*\\])*>` +
        `|<(${qualified})((?:${attribute})*)${space}*(/?)>|</(${qualified})${space}*>|[^<]+`,
      `${flags}y`,
    ),
    attributes: new RegExp(`(${qualified})${space}*=${space}*(?:"([^"]*)"|'([^']*)')`, `${flags}g`),
  }
}
const unicode = grammar(`[${start}][-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040${start}]*`, 'u')
/** Most metadata are ASCII, which is read in a fraction of the time. */
const ascii = grammar('[A-Z_a-z][-.0-9A-Z_a-z]*', '')
const onlyAscii = /^[\t\n\r\x20-\x7e]*$/
const forbiddenCharacter = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
const reference = /&(?:(?:lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));/g
/** As deep as libxml2 reads. */
const deepest = 256

type Scope = ReadonlyMap<string, string>
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** The root element, as its namespace and local name; undefined when the text is not well-formed. */
export function rootElement(written: string): { readonly namespace: string; readonly name: string } | undefined {
  // The packet's byte order mark would be the only letter beyond ASCII in most metadata.
  const text = written.replace(/^<\?xpacket begin=(?:"\uFEFF"|'\uFEFF')/, '<?xpacket begin=""')
  const isAscii = onlyAscii.test(text)
  if (!isAscii && forbiddenCharacter.test(text)) return undefined
  const { pieces, attributes } = isAscii ? ascii : unicode
  const open: { readonly tag: string; readonly scope: Scope }[] = []
  let root: { namespace: string; name: string } | undefined
  for (let position = 0; position < text.length; ) {
    pieces.lastIndex = position
    const match = pieces.exec(text)
    if (match === null) return undefined
    const [piece, target, opened, own = '', empty, closed] = match
    if (opened !== undefined) {
      if (open.length === 0 && root !== undefined) return undefined
      const scope = scopeOf(own, attributes, open.at(-1)?.scope ?? new Map([['xml', xmlNamespace]]))
      const element = scope && expanded(opened, scope, scope.get('') ?? '')
      if (scope === undefined || element === undefined || open.length >= deepest) return undefined
      root ??= element
      if (empty === '') open.push({ tag: opened, scope })
    } else if (closed !== undefined) {
      if (open.pop()?.tag !== closed) return undefined
    } else if (target !== undefined) {
      if (/^xml$/i.test(target) && (position > 0 || target !== 'xml')) return undefined
    } else if (piece.startsWith('<![CDATA[')) {
      if (open.length === 0) return undefined
    } else if (piece.startsWith('<!DOCTYPE')) {
      if (root !== undefined) return undefined
    } else if (!piece.startsWith('<') && !isText(piece, open.length > 0)) return undefined
    position += piece.length
  }
  return open.length === 0 ? root : undefined
}

const isText = (piece: string, inside: boolean): boolean =>
  inside ? !piece.includes(']]>') && isReferred(piece) : /^[\t\n\r ]*$/.test(piece)

/** Whether every & begins a reference to a character that there is. */
function isReferred(text: string): boolean {
  if (!text.includes('&')) return true
  let whole = true
  const rest = text.replace(reference, (_all, decimal?: string, hexadecimal?: string) => {
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '41', 16) : Number(decimal)
    whole &&= code <= 0x10_ffff && !forbiddenCharacter.test(String.fromCodePoint(code))
    return ''
  })
  return whole && !rest.includes('&')
}

/** The namespaces in force in an element with these attributes; undefined when they are not as they shall be. */
function scopeOf(written: string, attributes: RegExp, above: Scope): Scope | undefined {
  if (written === '') return above
  let declared: Map<string, string> | undefined
  const names: string[] = []
  const plain: string[] = []
  attributes.lastIndex = 0
  for (let match = attributes.exec(written); match !== null; match = attributes.exec(written)) {
    const [, name = '', first, second] = match
    const value = first ?? second ?? ''
    if (!isReferred(value)) return undefined
    names.push(name)
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) {
      plain.push(name)
      continue
    }
    if (name !== 'xmlns' && value === '') return undefined
    declared ??= new Map(above)
    declared.set(name.slice(6), value)
  }
  const scope = declared ?? above
  if (!areDistinct(names)) return undefined
  const known: string[] = []
  for (const name of plain) {
    const one = expanded(name, scope, '')
    if (one === undefined) return undefined
    known.push(`${one.namespace} ${one.name}`)
  }
  return areDistinct(known) ? scope : undefined
}

const areDistinct = (names: readonly string[]): boolean => names.length < 2 || new Set(names).size === names.length

function expanded(qualifiedName: string, scope: Scope, standard: string) {
  const colon = qualifiedName.indexOf(':')
  if (colon < 0) return { namespace: standard, name: qualifiedName }
  const namespace = scope.get(qualifiedName.slice(0, colon))
  return namespace === undefined ? undefined : { namespace, name: qualifiedName.slice(colon + 1) }
}
