// A thread of the PDF pool: reads blobs on its own and does the kernel's work.
import { workerData } from 'node:worker_threads'
import { openBlobs } from '../adapters/blobs/index.ts'
import { answerIn, type ThreadAnswer, type ThreadCall } from '../adapters/threads/index.ts'
import { createPdfWork } from '../flow/pdf-work.ts'
import { createPreFlight } from '../flow/pre-flight.ts'

const { blobUrl } = workerData as { readonly blobUrl: string }
const { byteSource } = openBlobs(blobUrl)
const work = { ...createPdfWork(byteSource), ...createPreFlight(byteSource) }

export default (call: ThreadCall): Promise<ThreadAnswer> => answerIn(work, call)
