// Dollar prices: fixed references, which a control can pin or take away. A subnet token has the price of its base.
// Two sources tell them, in two shapes; a control can make one of them say something else.
import { BTC_USD, idOf, tokenOf, tokens, wstx, wstxId } from './venue.mjs';

export class Prices {
  #pinned = { prices: new Map(), rates: new Map() };

  /** usd null means that nobody knows the price; undefined returns to the reference. Without a source both say so. */
  pin(contractId, usd, source) {
    if (!tokenOf(contractId)) throw new RangeError(`no token ${contractId}`);
    if (source !== undefined && !Object.hasOwn(this.#pinned, source)) throw new RangeError(`no source ${source}`);
    for (const pinned of source ? [this.#pinned[source]] : Object.values(this.#pinned)) {
      if (usd === undefined) pinned.delete(contractId);
      else if (usd === null || usd >= 0) pinned.set(contractId, usd);
      else throw new RangeError('usd must be a number or null');
    }
  }

  of(contractId, source = 'prices') {
    const pinned = this.#pinned[source];
    if (pinned.has(contractId)) return pinned.get(contractId);
    const token = tokenOf(contractId);
    return token.base ? this.of(idOf(token.base), source) : token.usd;
  }

  rates() {
    const at = Math.floor(Date.now() / 1000);
    const all = tokens.map((item) => idOf(item.contract)).map((id) => ({ id, usd: this.of(id, 'rates'), at }));
    all.push({ id: '.stx', usd: this.of(wstxId, 'rates'), at }); // STX itself, beside the contract that wraps it
    return { rates: all.filter(({ usd }) => usd !== null) };
  }

  rows({ token, limit = 100, minPrice = 0 } = {}) {
    const now = Date.now();
    // STX itself is listed beside the contract that wraps it, as the original service does.
    const listed = [...tokens.map((item) => ({ item, id: idOf(item.contract) })), { item: { ...wstx, symbol: 'STX', name: 'Stacks' }, id: 'stx' }];
    const all = listed.filter(({ id }) => !token || id === token);
    return all.map(({ item, id }) => ({ item, id, usd: this.of(id === 'stx' ? wstxId : id) })).filter(({ usd }) => usd !== null && usd >= minPrice).slice(0, limit)
      .map(({ item, id, usd }) => ({
        tokenId: id, symbol: item.symbol, name: item.name, decimals: item.decimals, image: '', usdPrice: usd, sbtcRatio: usd / BTC_USD,
        confidence: 1, lastUpdated: now, totalLiquidity: 0, isLpToken: false, intrinsicValue: null, marketPrice: usd,
      }));
  }
}
