// What the parts of a transaction share: the connection, whose rows it may see, its time.
import type { Vault } from '../../flow/ports/vault.ts'
import type { Db } from './client.ts'

export type TxInput = {
  readonly db: Db
  readonly tenantId: string
  readonly now: Date
  readonly vault: Vault
}
