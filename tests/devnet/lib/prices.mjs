// Dollar prices: fixed references, which a control can pin or take away. A subnet token has the price of its base.
import { BTC_USD, idOf, tokenOf, tokens } from './venue.mjs';

export class Prices {
  #pinned = new Map();

  /** usd null means that nobody knows the price; undefined returns to the reference. */
  pin(contractId, usd) {
    if (!tokenOf(contractId)) throw new RangeError(`no token ${contractId}`);
    if (usd === undefined) this.#pinned.delete(contractId);
    else if (usd === null || usd >= 0) this.#pinned.set(contractId, usd);
    else throw new RangeError('usd must be a number or null');
  }

  of(contractId) {
    if (this.#pinned.has(contractId)) return this.#pinned.get(contractId);
    const token = tokenOf(contractId);
    return token.base ? this.of(idOf(token.base)) : token.usd;
  }

  rows({ token, limit = 100, minPrice = 0 } = {}) {
    const now = Date.now();
    const all = tokens.map((item) => ({ item, id: idOf(item.contract) })).filter(({ id }) => !token || id === token);
    return all.map(({ item, id }) => ({ item, id, usd: this.of(id) })).filter(({ usd }) => usd !== null && usd >= minPrice).slice(0, limit)
      .map(({ item, id, usd }) => ({
        tokenId: id, symbol: item.symbol, name: item.name, decimals: item.decimals, image: '', usdPrice: usd, sbtcRatio: usd / BTC_USD,
        confidence: 1, lastUpdated: now, totalLiquidity: 0, isLpToken: false, intrinsicValue: null, marketPrice: usd,
      }));
  }
}
