// Fee estimates: low, middle and high, by the size of the transaction, as the control sets them.
import { Reply } from './server.mjs';

export const TOKEN_TRANSFER_FEE = 1;
const TRANSACTION_OVERHEAD = 180;

export class Fees {
  #rates = [1.2, 2, 4];

  get rates() { return this.#rates; }

  set(rates) {
    if (!Array.isArray(rates) || rates.length !== 3 || !rates.every((rate) => rate > 0)) throw new RangeError('rates must be three numbers above 0');
    this.#rates = rates;
  }

  estimate({ transaction_payload: payload, estimated_len: length }) {
    if (typeof payload !== 'string' || !/^(0x)?([0-9a-f]{2})+$/i.test(payload)) {
      throw new Reply(400, { error: 'Estimation could not be performed', reason: 'TransactionPayload', reason_data: { message: 'not a hex string' } });
    }
    const size = length ?? payload.replace(/^0x/, '').length / 2 + TRANSACTION_OVERHEAD;
    return {
      estimated_cost: { write_length: 400, write_count: 12, read_length: 40_000, read_count: 40, runtime: 900_000 }, estimated_cost_scalar: 500,
      estimations: this.#rates.map((rate) => ({ fee_rate: rate, fee: Math.ceil(size * rate) })), cost_scalar_change_by_byte: 0.00476837158203125,
    };
  }
}
