// What relying parties fetch: certificates, CRLs, OCSP answers, time-stamps, and the e-seal's enrolment (EST).
import { X509Certificate } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { publishedNames } from '../ca.ts'
import { makeCrl } from '../crl.ts'
import { EnrolmentRefused } from '../est.ts'
import { authorityNames, disclosure, tsaNames } from '../pki.ts'
import { bytesIn, type Parts, problem, sameBytes } from './parts.ts'

const disclosureText =
  'TEST - SimBankID disclosure statement: certificates and signatures made here are simulated, and worth nothing in law.\n'

export const pkiRoutes = (app: FastifyInstance, parts: Parts): void => {
  const { pki, responder, stampers, clock } = parts
  for (const name of publishedNames) {
    app.get(`/certs/${name}.cer`, (_request, reply) =>
      reply.type('application/pkix-cert').send(pki.certificateOf(name)),
    )
    app.get(`/certs/${name}.pem`, (_request, reply) =>
      reply.type('application/x-pem-file').send(new X509Certificate(pki.certificateOf(name)).toString()),
    )
  }
  for (const name of authorityNames) {
    app.get(`/crl/${name}.crl`, (_request, reply) => reply.type('application/pkix-crl').send(makeCrl(pki, name, clock)))
  }

  const ocsp = (reply: FastifyReply, query: Uint8Array) =>
    reply.type('application/ocsp-response').send(responder.answer(query))
  app.post('/ocsp', (request, reply) => ocsp(reply, bytesIn(request)))
  // RFC 6960 appendix A.1: the request in base64, URL-encoded, after the address.
  app.get<{ Params: { '*': string } }>('/ocsp/*', (request, reply) =>
    ocsp(reply, Buffer.from(request.params['*'], 'base64')),
  )

  for (const name of tsaNames) {
    app.post(`/${name}`, (request, reply) =>
      request.headers['content-type']?.startsWith('application/timestamp-query')
        ? reply.type('application/timestamp-reply').send(stampers[name].answer(bytesIn(request)))
        : problem(reply, 415, 'unsupported_media_type', 'Send application/timestamp-query'),
    )
  }
  app.get(disclosure.path, (_request, reply) => reply.type('text/plain; charset=utf-8').send(disclosureText))
}

/** RFC 7030 §4.2.3: base64 with lines of 76. */
const pkcs7 = (reply: FastifyReply, content: string) =>
  reply
    .type('application/pkcs7-mime; smime-type=certs-only')
    .header('content-transfer-encoding', 'base64')
    .send(content.replace(/.{76}/g, '$&\r\n'))

export const estRoutes = (app: FastifyInstance, { enrolment, est }: Parts): void => {
  const expected = `Basic ${Buffer.from(`${est.user}:${est.secret}`).toString('base64')}`
  const enrol = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!sameBytes(request.headers.authorization ?? '', expected)) {
      return reply
        .code(401)
        .header('www-authenticate', 'Basic realm="SimBankID EST", charset="UTF-8"')
        .type('text/plain')
        .send('Give the user and secret that the trust service has handed out for enrolment\n')
    }
    try {
      return pkcs7(reply, await enrolment.enrol(bytesIn(request).toString('latin1')))
    } catch (error) {
      if (!(error instanceof EnrolmentRefused)) throw error
      return reply.code(400).type('text/plain').send(`${error.message}\n`)
    }
  }
  app.get('/.well-known/est/cacerts', (_request, reply) => pkcs7(reply, enrolment.caCertificates()))
  app.post('/.well-known/est/simpleenroll', enrol)
  app.post('/.well-known/est/simplereenroll', enrol)
}
