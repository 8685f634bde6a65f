// The demo's connection to Segl: as patient as an accounting system has to be.
import { createSegl, type Segl } from '../client/index.ts'

/** A service that is just starting, restarting or busy answers on one of the next tries; keys make repeating safe. */
const attempts = 14

export const connectTo = ({ seglUrl, apiKey }: { readonly seglUrl: string; readonly apiKey: string }): Segl =>
  createSegl({ url: seglUrl, key: apiKey, attempts })
