import type { Event, Order } from "@orderservice/client";

/** What codes and reasons mean to a person. A code that is not here is shown as it is. */
const reasons: Readonly<Record<string, string>> = {
  no_route: "no pool can swap these tokens now",
  min_amount_out: "the pools would pay less than your minimum; it waits for a better rate",
  price_impact: "the pools would pay far less than the market price; it waits",
  no_believed_price: "the market price is not known just now",
  price_stale: "the watched price is too old to act on",
  price_held: "the watched price jumped, and nobody has confirmed it yet",
  price_disputed: "price sources do not agree",
  price_unconfirmed: "a second opinion on the price is missing",
  price_unreadable: "the watched price cannot be read",
  insufficient_balance: "the wallet has too little of the token it sells",
  value_below_fee: "it is worth less than its transaction costs",
  sends_paused: "the operator has paused all sends; it goes on when they do",
  fee_budget: "the fees of this hour are spent; it goes on in the next",
  solvers_busy: "the accounts that pay the fees are busy",
  venue_unavailable: "the chain cannot be reached just now",
  vaults_not_loaded: "the pools are not known yet",
  claim_timed_out: "a worker did not finish in time; it is tried again",
  clock_held: "the service is checking its clock",
  attempts_exhausted: "every try that was allowed was made",
  intent_already_used: "somebody else used this signature on the chain",
  invalid_terms_signature: "its stored terms are not the ones that were signed",
  expired: "its time window closed",
  unfunded: "the wallet had too little for too long",
  replaced: "another transaction took its place",
  paid_below_min: "the chain paid less than your minimum, which you had allowed",
  amount_unexpected: "the chain paid far more than was quoted",
  no_fills: "its one try found no swap that was good enough",
  rate_out_of_bounds: "the pools pay less than your least rate; it waits for a better one",
  waits_for_leg: "it waits until another leg of its group is swapped",
  other_leg_in_flight: "another leg of its group is on its way; it waits for what becomes of that",
  other_leg_filled: "the other leg of its group was swapped",
  other_leg_used: "somebody else used the signature of the other leg",
  other_leg_due: "the other leg of its group was due while it had failed",
  first_leg_unfilled: "the leg that it waited for ended without a swap",
  replaced_by_order: "another order took its place",
  cancel_all_after: "the dead man's switch fired",
  paused: "you paused it",
  bad_call: "the contract refused the call",
  invalid_signature: "the chain does not accept the signature",
  bad_route: "the route was not possible any more",
  balance_overflow: "the recipient cannot hold more",
  outbid: "it was sent again with a higher fee",
};

/** A reason as words. */
export const inWords = (reason: string | undefined): string | undefined => (reason === undefined ? undefined : (reasons[reason] ?? reason.replaceAll("_", " ")));

const statuses: Readonly<Record<Order["status"], string>> = {
  open: "Open", broadcasted: "In flight", cancelling: "Cancelling", confirmed: "Confirmed", failed: "Failed", cancelled: "Cancelled",
};

/** Where an order stands, in a word or two. */
export function statusText(order: Order): string {
  if (order.paused) return "Paused";
  return order.status === "cancelled" && order.cancelReason === "expired" ? "Expired" : statuses[order.status];
}

/** Why it stands there. */
export const whyText = (order: Order): string | undefined =>
  order.status === "cancelled" && order.cancelReason === "expired" ? inWords("expired") : inWords(order.failureReason ?? order.reason ?? order.cancelReason ?? undefined);

const kinds: Readonly<Record<string, string>> = {
  created: "The order was stored",
  triggered: "It became due",
  claimed: "A worker took it up",
  claim_timed_out: "The worker did not finish in time",
  backed_off: "It waits",
  broadcast: "The transaction was written down and sent",
  sent: "The chain took the transaction",
  rejected: "The chain refused the transaction",
  reverted: "The transaction was undone by the chain",
  replaced: "Another transaction took its place",
  amount_unexpected: "The payment was not what was quoted",
  confirmed: "The swap was mined",
  failed: "It failed",
  skipped: "It was skipped",
  cancelled: "It was cancelled",
  cancel_requested: "A cancel was asked for",
  spend_requested: "Its signature is being made useless on the chain",
  expired: "Its time window closed",
  paused: "It was paused",
  resumed: "It goes on",
  completed: "It is complete",
  rescheduled: "Its plan was made anew",
  reorged: "The chain took the block back",
  amended: "Its terms were changed",
  leg_released: "Its turn in the group has come",
  fee_raised: "The transaction was sent again with a higher fee",
  condition_met: "Its condition was met",
  activated: "It began",
};

/** What happened, as a sentence. */
export const eventText = (event: Event): string => kinds[event.kind] ?? event.kind.replaceAll("_", " ");
