// Small ICC version 2 profiles made by code, for the default colour spaces of our pages (ISO 32000-2, 8.6.5.6).
// Version 2 because PDF/A-1 (ISO 19005-1, 6.2.3) knows no later one.

type Tag = { readonly signature: string; readonly data: Buffer }

/** sRGB: IEC 61966-2-1 primaries, adapted to D50 as ICC.1:2001-04 asks of matrix profiles. */
export function srgbProfile(): Uint8Array {
  const curve = toneCurve()
  return profile('RGB ', [
    { signature: 'desc', data: description('sRGB (IEC 61966-2-1)') },
    { signature: 'cprt', data: plainText('No copyright, use freely') },
    { signature: 'wtpt', data: xyz(0.9642, 1, 0.8249) },
    { signature: 'rXYZ', data: xyz(0.43607, 0.22249, 0.01392) },
    { signature: 'gXYZ', data: xyz(0.38515, 0.71687, 0.09708) },
    { signature: 'bXYZ', data: xyz(0.14307, 0.06061, 0.7141) },
    { signature: 'rTRC', data: curve },
    { signature: 'gTRC', data: curve },
    { signature: 'bTRC', data: curve },
  ])
}

/** Grey with the tone curve of sRGB, so that grey and colour of equal value match. */
export function grayProfile(): Uint8Array {
  return profile('GRAY', [
    { signature: 'desc', data: description('Gray (sRGB tone curve)') },
    { signature: 'cprt', data: plainText('No copyright, use freely') },
    { signature: 'wtpt', data: xyz(0.9642, 1, 0.8249) },
    { signature: 'kTRC', data: toneCurve() },
  ])
}

function profile(colourSpace: string, tags: readonly Tag[]): Uint8Array {
  const header = Buffer.alloc(128)
  header.writeUInt32BE(0x02100000, 8)
  header.write('mntr', 12, 'latin1')
  header.write(colourSpace, 16, 'latin1')
  header.write('XYZ ', 20, 'latin1')
  // A fixed date (ICC.1:2001-04, 6.1.5): the same profile in every file.
  for (const [index, part] of [2026, 1, 1, 0, 0, 0].entries()) header.writeUInt16BE(part, 24 + 2 * index)
  header.write('acsp', 36, 'latin1')
  for (const [index, part] of [0.9642, 1, 0.8249].entries()) header.writeInt32BE(fixed(part), 68 + 4 * index)

  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length, 0)
  const bodies: Buffer[] = []
  const places = new Map<Buffer, number>()
  let offset = header.length + table.length
  for (const [index, { signature, data }] of tags.entries()) {
    const place = places.get(data) ?? offset
    if (!places.has(data)) {
      const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)])
      places.set(data, place)
      bodies.push(padded)
      offset += padded.length
    }
    table.write(signature, 4 + 12 * index, 'latin1')
    table.writeUInt32BE(place, 8 + 12 * index)
    table.writeUInt32BE(data.length, 12 + 12 * index)
  }
  header.writeUInt32BE(offset, 0)
  return Buffer.concat([header, table, ...bodies])
}

const fixed = (value: number) => Math.round(value * 65536)

function xyz(x: number, y: number, z: number): Buffer {
  const data = Buffer.alloc(20)
  data.write('XYZ ', 0, 'latin1')
  for (const [index, part] of [x, y, z].entries()) data.writeInt32BE(fixed(part), 8 + 4 * index)
  return data
}

function plainText(text: string): Buffer {
  return Buffer.concat([Buffer.from('text\0\0\0\0', 'latin1'), Buffer.from(`${text}\0`, 'latin1')])
}

/** textDescriptionType (ICC.1:2001-04, 6.5.17): ASCII part only, empty Unicode and ScriptCode parts. */
function description(text: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length + 1)
  return Buffer.concat([
    Buffer.from('desc\0\0\0\0', 'latin1'),
    length,
    Buffer.from(`${text}\0`, 'latin1'),
    Buffer.alloc(4 + 4 + 2 + 1 + 67),
  ])
}

/** The sRGB transfer function, sampled: readers interpolate between the points. */
function toneCurve(points = 1024): Buffer {
  const data = Buffer.alloc(12 + 2 * points)
  data.write('curv', 0, 'latin1')
  data.writeUInt32BE(points, 8)
  for (let index = 0; index < points; index++) {
    const value = index / (points - 1)
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    data.writeUInt16BE(Math.round(linear * 65535), 12 + 2 * index)
  }
  return data
}
