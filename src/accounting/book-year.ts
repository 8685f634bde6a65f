// The year that a document belongs to in the books: what people look for it by.

/** Of annual accounts the year in which the fiscal year ends; else that of the document's date; undefined when it has none. */
export function bookYear(metadata: Readonly<Record<string, unknown>>): number | undefined {
  const { fiscalYear, date } = metadata
  if (typeof fiscalYear === 'object' && fiscalYear !== null && 'to' in fiscalYear) return yearOf(fiscalYear.to)
  return yearOf(date)
}

const yearOf = (date: unknown): number | undefined =>
  typeof date === 'string' && /^[1-9]\d{3}-/.test(date) ? Number(date.slice(0, 4)) : undefined
