// A supervisor to kill: it starts one program and stays.
import { env } from 'node:process'
import { supervise } from '../../src/up/child.ts'

const notes = env['NOTES'] ?? ''
const file = process.argv[2] ?? ''
supervise(
  { name: 'program', file, environment: { NOTES: notes, PATH: env['PATH'] ?? '' }, log: `${notes}.log` },
  () => {},
)
setInterval(() => {}, 1000)
