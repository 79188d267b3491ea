import type { CollectionName } from '@minqing/data/domain/data-status'
import type { AccountService } from './account-service.ts'
import { describeFirstLink, makeFirstLink } from './first-account.ts'

/** Shows whoever runs the server a link to make the first account with, once it is needed: at its start, or later. */
export class FirstLinkOffer {
  readonly #service: Pick<AccountService, 'accounts' | 'admission'>
  readonly #say: (line: string) => void
  readonly #logError: (error: unknown) => void
  /** Of the server, once it can be asked. */
  #address: string | undefined
  #isOffered = false

  constructor(
    service: Pick<AccountService, 'accounts' | 'admission'>,
    say: (line: string) => void,
    logError: (error: unknown) => void,
  ) {
    this.#service = service
    this.#say = say
    this.#logError = logError
  }

  /** Where the database is lost just then, the link is offered when it is back: that is noticed as a change. */
  async start(address: string): Promise<void> {
    this.#address = address
    await this.#offer().catch(this.#logError)
  }

  /** Something was written, as by an import: it may be what the demo's user may not see. */
  noteChange(collection: CollectionName): void {
    if (collection !== 'areas' && collection !== 'incidents') return
    this.#service.admission.forget()
    void this.#offer().catch(this.#logError)
  }

  async #offer(): Promise<void> {
    const { accounts, admission } = this.#service
    if (this.#address === undefined || this.#isOffered) return
    if ((await admission.stage()).kind !== 'first_account' || this.#isOffered) return
    this.#isOffered = true
    const link = await makeFirstLink(accounts.database, accounts.now()).catch((error: unknown) => {
      this.#isOffered = false
      throw error
    })
    if (link !== undefined) for (const line of describeFirstLink(this.#address, link)) this.#say(line)
  }
}
