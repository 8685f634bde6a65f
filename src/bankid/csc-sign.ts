// The signing API's signatures: signHash, the two ways to be allowed to call it, and time-stamps (CSC 2.0.0.2 §11.6 to §11.12).
import { X509Certificate } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { MessageImprint, PKIStatus, TimeStampReq, TimeStampReqVersion, TimeStampResp } from '@peculiar/asn1-tsp'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import type { Provider } from 'oidc-provider'
import { hashAlgorithms, matches } from './algorithms.ts'
import { type Approval, ApprovalRefused, multisignOf, readApproval } from './approval.ts'
import type { Pki } from './ca.ts'
import type { Ceremonies } from './ceremony.ts'
import { bytesOf } from './certificate.ts'
import type { Client } from './config.ts'
import type { Credential, Credentials } from './credentials.ts'
import type { Csc, ServiceCall } from './csc.ts'
import { type Body, base64In, CscError, hashesIn, invalidRequest, invalidToken, required, text } from './csc-body.ts'
import type { Faults } from './faults.ts'
import { personBySubject } from './oidc.ts'
import type { Phone } from './phone.ts'
import { type Activation, sadLifetime } from './sad.ts'
import type { TimeStamper } from './tsa.ts'

/** 200 with a SAD, or 202 with a handle while the person has not answered. */
export type Authorisation = { status: 200; SAD: string; expiresIn: number } | { status: 202; handle: string }

export type CscSigning = {
  signHash(bearer: string | undefined, body: Body): Promise<{ signatures: string[] }>
  authorize(call: ServiceCall, body: Body): Authorisation
  authorizeCheck(call: ServiceCall, body: Body): Authorisation
  timestamp(body: Body): { timestamp: string }
}

export const createCscSigning = (options: {
  csc: Csc
  pki: Pki
  credentials: Credentials
  ceremonies: Ceremonies
  provider: Provider
  phone: Phone
  activation: Activation
  stamper: TimeStamper
  faults: Faults
}): CscSigning => {
  const { csc, pki, credentials, ceremonies, provider, phone, activation, stamper, faults } = options

  /** SCAL2: the approval says which hashes, in which order, with which key and algorithm. Anything else is refused. */
  const readSigning = (
    approval: Approval,
    credential: Credential,
    body: Body,
  ): { hashes: Buffer[]; hashOid: string } => {
    const signAlgo = required(body, 'signAlgo')
    const hashOid = text(body, 'hashAlgorithmOID') ?? approval.hashAlgorithmOID
    const hash = hashAlgorithms[hashOid]
    if (!hash || hashOid !== approval.hashAlgorithmOID) throw invalidRequest('Invalid parameter hashAlgorithmOID')
    const promised = approval.signAlgo ?? signAlgo
    if (!matches(signAlgo, credential.algorithm, hash) || signAlgo !== promised) {
      throw invalidRequest('Invalid parameter signAlgo')
    }
    if ((text(body, 'operationMode') ?? 'S') !== 'S') throw invalidRequest('Only operationMode S is supported')
    const hashes = hashesIn(body, hash.length)
    const approved = approval.documentDigests
    if (hashes.length > approved.length) throw invalidRequest('Numbers of signatures is too high')
    const same = approved.every((digest, index) => hashes[index]?.equals(Buffer.from(digest.hash, 'base64')))
    if (!same) throw invalidRequest('Hash is not authorized by the SAD')
    return { hashes, hashOid }
  }

  /** The login and the approval have served their purpose: no token of theirs works any more. */
  const forget = async (grantId: string): Promise<void> => {
    ceremonies.forget(grantId)
    await provider.AccessToken.revokeByGrantId(grantId)
    await provider.AuthorizationCode.revokeByGrantId(grantId)
    const grant = await provider.Grant.find(grantId)
    await grant?.destroy()
  }

  type Allowed = { approval: Approval; credential: Credential; grantIds: string[]; spend(): void }

  /** The token of the second redirect is the SAD (CSC 2.0.0.2 §8.4.2). */
  const allowedByToken = async (bearer: string, body: Body): Promise<Allowed | undefined> => {
    const token = await provider.AccessToken.find(bearer)
    if (!token || token.isExpired) throw invalidToken('The access token is unknown, spent or expired')
    const detail = token.rar?.[0]
    if (!detail) return undefined
    const sad = text(body, 'SAD')
    if (sad !== undefined && sad !== bearer) throw invalidRequest('Invalid parameter SAD')
    const approval = readApproval(detail)
    const credential = credentials.find(required(body, 'credentialID'))
    const theirs =
      credential?.id === approval.credentialID &&
      credential.clientId === token.clientId &&
      personBySubject(token.accountId)?.id === credential.personId
    if (!theirs) throw invalidRequest('Invalid parameter credentialID')
    return { approval, credential, grantIds: [token.grantId, credential.grantId], spend: () => undefined }
  }

  /** Without a second redirect: the token of the login, and the SAD of credentials/authorize. */
  const allowedBySad = async (bearer: string, body: Body): Promise<Allowed> => {
    const call = await csc.callOf(bearer)
    if (call.client.profile !== 'bankid-2025') {
      throw new CscError(403, 'insufficient_scope', 'The access token does not authorise a signature')
    }
    const credential = csc.credentialOf(call, body)
    const sad = required(body, 'SAD')
    const approval = activation.approvalOf(sad, call.grantId)
    if (!approval) throw invalidRequest('SAD expired')
    if (approval.credentialID !== credential.id) throw invalidRequest('Invalid parameter credentialID')
    return { approval, credential, grantIds: [call.grantId], spend: () => activation.spend(sad) }
  }

  const readAuthorisation = (credential: Credential, client: Client, body: Body): Approval => {
    const hashes = body['hashes']
    const count = body['numSignatures']
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > multisignOf(client)) {
      throw invalidRequest('Invalid parameter numSignatures')
    }
    if (!Array.isArray(hashes) || hashes.length !== count) {
      throw invalidRequest('hashes must hold numSignatures hashes: every signature is bound to its hash (SCAL2)')
    }
    const description = text(body, 'description') ?? credential.id
    try {
      return readApproval({
        type: 'credential',
        credentialID: credential.id,
        hashAlgorithmOID: required(body, 'hashAlgorithmOID'),
        documentDigests: hashes.map((hash, index) => ({ hash, label: `${description} (${index + 1}/${count})` })),
      })
    } catch (error) {
      if (error instanceof ApprovalRefused) throw invalidRequest(error.message)
      throw error
    }
  }

  const granted = (SAD: string): Authorisation => ({ status: 200, SAD, expiresIn: sadLifetime })

  return {
    async signHash(bearer, body) {
      if (!bearer) throw invalidToken('An access token is required')
      const allowed = (await allowedByToken(bearer, body)) ?? (await allowedBySad(bearer, body))
      const { approval, credential } = allowed
      const { hashes, hashOid } = readSigning(approval, credential, body)
      const certificate = new X509Certificate(Buffer.from(credential.certificate, 'base64'))
      if (pki.statusOf('persons', certificate.serialNumber)?.revocation) {
        throw invalidRequest('Signing certificate is revoked')
      }
      // From here on the approval is spent, whatever happens: the key is gone from the disk before the first signature.
      allowed.spend()
      const who = { person: credential.personId, client: credential.clientId }
      const signed = faults.strike('wrong-hash', who) ? hashes.map((hash) => hash.map((byte) => byte ^ 0xff)) : hashes
      const signatures = credentials.signOnce(credential.id, signed, hashOid)
      if (!signatures) throw invalidToken('The access token is unknown, spent or expired')
      if (faults.strike('revoked-in-between', who)) pki.revoke('persons', certificate.serialNumber, 'keyCompromise')
      for (const grantId of allowed.grantIds) await forget(grantId)
      return { signatures: signatures.map((signature) => signature.toString('base64')) }
    },

    authorize(call, body) {
      // CSC 2.0.0.2 §11.6: SHALL NOT be used for credentials of auth.mode oauth2code.
      if (call.client.profile !== 'bankid-2025') {
        throw invalidRequest('This credential is authorised by oauth2/authorize (auth.mode oauth2code)')
      }
      const credential = csc.credentialOf(call, body)
      const approval = readAuthorisation(credential, call.client, body)
      const { grantId } = call
      if (call.client.approval !== 'app') return granted(activation.grant({ grantId, approval }))
      const request = phone.ask({
        personId: call.person.id,
        kind: 'sign',
        client: call.client.name ?? call.client.clientId,
        documents: approval.documentDigests,
      })
      return { status: 202, handle: activation.wait({ grantId, approval, requestId: request.id }) }
    },

    authorizeCheck(call, body) {
      const handle = required(body, 'handle')
      const answer = activation.check(handle, call.grantId)
      if (answer.state === 'waiting') return { status: 202, handle }
      if (answer.state === 'refused') throw new CscError(400, 'access_denied', 'The person has not approved')
      return granted(answer.sad)
    },

    timestamp(body) {
      const hashAlgo = required(body, 'hashAlgo')
      const algorithm = hashAlgorithms[hashAlgo]
      if (!algorithm) throw invalidRequest('Invalid parameter hashAlgo')
      const digest = base64In(body, 'hash')
      if (digest.length !== algorithm.length) throw invalidRequest('Invalid digest value length')
      const nonce = text(body, 'nonce')
      if (nonce !== undefined && !/^(?:[0-9a-f]{2}){1,32}$/i.test(nonce))
        throw invalidRequest('Invalid parameter nonce')
      const request = new TimeStampReq({
        version: TimeStampReqVersion.v1,
        messageImprint: new MessageImprint({
          hashAlgorithm: new AlgorithmIdentifier({ algorithm: hashAlgo }),
          hashedMessage: new OctetString(bytesOf(digest)),
        }),
        certReq: true,
        // As an INTEGER: a leading zero keeps it positive.
        ...(nonce && { nonce: bytesOf(Buffer.from(`00${nonce}`, 'hex')) }),
      })
      const answer = AsnConvert.parse(stamper.answer(new Uint8Array(AsnConvert.serialize(request))), TimeStampResp)
      if (answer.status.status !== PKIStatus.granted || !answer.timeStampToken) {
        throw new CscError(503, 'temporarily_unavailable', 'The time-stamping authority has not granted the request')
      }
      return { timestamp: Buffer.from(AsnConvert.serialize(answer.timeStampToken)).toString('base64') }
    },
  }
}
