import type { Account } from "@orderservice/client";
import { show, toBaseUnits } from "./amounts";
import { fill, h, sentenceOf, tell } from "./dom";
import { choiceField, textField } from "./fields";
import { post } from "./play";
import type { Store } from "./store";

/** The accounts that the service holds for the wallet, from which schedules sell: what each has, and the way back to the wallet. */
export class Accounts {
  readonly element: HTMLElement;

  readonly #list = h("div");
  readonly #name = textField("Name", { name: "accountName", value: "schedules" });
  #known = "";

  constructor(readonly store: Store, readonly onAccounts: (accounts: readonly Account[]) => void) {
    this.element = h("section", { class: "card", "aria-label": "Accounts" }, h("h2", {}, "Accounts"),
      h("p", { class: "hint" }, "Schedules and curves sell from an account whose key the service holds; it pays nobody but your wallet. Send it what it is to sell."), this.#list,
      h("details", {}, h("summary", {}, "Open an account"), h("form", { class: "row", onsubmit: (event) => void this.#open(event) }, this.#name.element, h("button", { type: "submit" }, "Sign and open"))),
      h("button", { type: "button", onclick: () => void this.ask() }, "Show my accounts"));
  }

  /** Asks for them; a wallet signs that. */
  async ask(): Promise<void> {
    if (!this.store.signer) return tell("Connect a wallet first.", true);
    try {
      const accounts = await this.store.client.accounts();
      const now = JSON.stringify(accounts);
      if (now === this.#known) return; // what is being typed stays
      this.#known = now;
      this.onAccounts(accounts);
      fill(this.#list, ...(accounts.length === 0 ? [h("p", {}, "None yet.")] : accounts.map((account) => this.#row(account))));
    } catch (refused) {
      tell(sentenceOf(refused), true);
    }
  }

  #row(account: Account): HTMLElement {
    const balances = account.balances ?? [];
    const held = balances.flatMap(({ symbol, decimals, available, balance }) => [h("dt", {}, symbol), h("dd", {}, `${show(available, decimals)} of ${show(balance, decimals)} free`)]);
    const token = choiceField("Token", balances.map((one) => [one.token, one.symbol]), { name: "withdrawToken" });
    const amount = textField("Amount", { inputmode: "decimal", name: "withdrawAmount" });
    const withdraw = async (event: Event): Promise<void> => {
      event.preventDefault();
      const units = toBaseUnits(amount.input.value, this.store.decimals(token.input.value));
      if (units === undefined || units === 0n) return amount.refuse("an amount above 0");
      amount.refuse(undefined);
      try {
        await this.store.client.withdraw(account.id, token.input.value, units.toString());
        tell("It is on its way to your wallet.");
        await this.ask();
      } catch (refused) {
        amount.refuse(sentenceOf(refused));
      }
    };
    return h("div", { "data-account": account.id }, h("h3", {}, account.name), h("code", {}, account.address), h("dl", {}, ...held),
      this.store.isPlay ? this.#gift(account) : undefined,
      balances.length === 0 ? undefined : h("form", { class: "row", onsubmit: (event) => void withdraw(event) }, token.element, amount.element, h("button", { type: "submit" }, "Sign and pay out to my wallet")));
  }

  // On a play chain money comes for the asking.
  #gift(account: Account): HTMLElement {
    const of = choiceField("Play money of", [...this.store.tokens.values()].map((one) => [one.contractId, one.symbol]), { name: "giftOf" });
    const much = textField("How much", { inputmode: "decimal", name: "giftAmount", value: "1000" });
    of.input.value = [...this.store.tokens.values()].find((one) => one.type === "SUBNET" && one.symbol.startsWith("sUSDT"))?.contractId ?? of.input.value;
    const give = async (event: Event): Promise<void> => {
      event.preventDefault();
      const units = toBaseUnits(much.input.value, this.store.decimals(of.input.value));
      if (units === undefined || units === 0n) return much.refuse("more than 0");
      const refused = await post("/simulator/faucet", { address: account.address, token: of.input.value, amount: units.toString() });
      much.refuse(refused);
      if (refused !== undefined) return;
      tell(`The account was given ${show(units, this.store.decimals(of.input.value))} ${this.store.symbol(of.input.value)}.`);
      await this.ask();
    };
    return h("form", { class: "row", onsubmit: (event) => void give(event) }, of.element, much.element, h("button", { type: "submit" }, "Give it play money"));
  }

  async #open(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.store.signer) return this.#name.refuse("connect a wallet first");
    this.#name.refuse(undefined);
    try {
      await this.store.client.openAccount(this.#name.input.value.trim());
      tell("The account is open.");
      await this.ask();
    } catch (refused) {
      this.#name.refuse(sentenceOf(refused));
    }
  }
}
