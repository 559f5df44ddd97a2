// Uses the client against a running service as programs do, and prints what it saw: node drive.mjs '{"url":…,"sell":…}'
import { KeySigner, OrderServiceClient, Refusal, newUuid } from '../dist/index.js';

const { url, sell } = JSON.parse(process.argv[2]);
const signer = new KeySigner(KeySigner.generate());
const client = new OrderServiceClient({ baseUrl: url, signer, bindsTerms: true });
const atOnce = { inputToken: sell, outputToken: '.stx', amountIn: '1000000', conditionToken: '*', targetPrice: '0', direction: 'gt' };
const waiting = { ...atOnce, conditionToken: '.stx', baseAsset: 'USD', targetPrice: '1000000', minAmountOut: '1', slippageBps: 50, validTo: new Date(Date.now() + 86_400_000).toISOString() };
const refusalOf = (promise) => promise.then(() => 'nothing', (refused) => (refused instanceof Refusal ? `${refused.status} ${refused.code} ${refused.field ?? ''}`.trim() : refused.message));
const told = {};

await fetch(`${url}/simulator/faucet`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ address: signer.address, token: sell, amount: '100000000' }) });

// A service that is not the one that was meant gets no signature.
told.otherService = await refusalOf(new OrderServiceClient({ baseUrl: url, signer, service: 'another.example' }).place(atOnce));

// An order from its placing to its end; the same uuid again is the same order.
const uuid = newUuid();
told.placed = (await client.place({ ...atOnce, uuid })).termsBound;
told.again = (await client.place({ ...atOnce, uuid })).uuid === uuid;
told.settled = (await client.settled(uuid)).status;

// What waits is paused, resumed and cancelled, twice too; and one by call is executed.
const open = await client.place(waiting);
told.paused = (await client.pause(open.uuid)).paused;
told.resumed = (await client.resume(open.uuid)).paused ?? false;
told.cancelled = (await client.cancel(open.uuid)).status;
told.cancelledAgain = (await client.cancel(open.uuid)).status;
const { conditionToken: _, targetPrice: __, direction: ___, ...byCall } = atOnce;
const manual = await client.place(byCall);
told.executed = (await client.execute(manual.uuid)).length;
told.manual = (await client.settled(manual.uuid)).status;

// Two that cancel each other: bound by their terms to their group, and cancelled with it.
const group = await client.placeGroup('oco', [waiting, byCall]);
told.group = [group.status, ...group.legs.map((leg) => `${leg.leg} ${leg.termsBound} ${leg.groupId === group.groupId}`), (await client.group(group.groupId)).type];
told.groupCancelled = [...(await client.cancelGroup(group.groupId)).map((one) => one.orderStatus), (await client.group(group.groupId)).status];

// What one would be, unsigned; a change of the revision that was seen, its terms signed anew; a later change by who saw an older one; and another in its stead.
const { minAmountOut: _floor, ...unfloored } = waiting;
told.previewed = [(await client.preview(waiting)).acceptable, (await client.preview({ ...waiting, amountIn: '0' })).refusals.map((refusal) => refusal.field)];
const triggered = await client.preview({ ...waiting, targetPrice: '0.000001' }, undefined, { against: 'history', from: new Date(Date.now() - 600_000).toISOString() });
const legs = await client.previewGroup('oco', [waiting, { ...waiting, amountIn: '0' }]);
told.foreseen = [typeof triggered.history.firedAt, legs.acceptable, legs.legs.map((leg) => leg.acceptable)];
for (const wish of [waiting, unfloored]) {
  const seen = await client.revised((await client.place(wish)).uuid);
  const amended = await client.amend(seen, { targetPrice: '900000', slippageBps: 40 });
  told.amended = [...(told.amended ?? []), seen.revision, amended.targetPrice, amended.termsBound];
  told.stale = await refusalOf(client.amend(seen, { targetPrice: '800000' }));
  const next = await client.replace(seen.order.uuid, wish);
  told.replaced = [next.status, (await client.order(seen.order.uuid)).cancelReason, (await client.explain(next.uuid)).waitingFor];
}
const account = await client.openAccount('schedules');
told.accounts = (await client.accounts()).map((one) => one.name === account.name && one.address === account.address);
told.withdrawn = await refusalOf(client.withdraw(account.id, sell, '1'));

// Refusals name their field.
told.refused = await refusalOf(client.place({ ...atOnce, amountIn: '-1'.replace('-', '') , recipient: 'nobody' }));
told.unknown = await refusalOf(client.order(newUuid()));

// Lists and quotes.
const page = await client.orders({ limit: 2 });
told.listed = [page.data.length, typeof page.nextCursor, (await client.orders({ status: 'confirmed' })).data.length];
told.quoted = BigInt((await client.quote({ tokenIn: sell, tokenOut: '.stx', amount: '1000000' })).amountOut) > 0n;

// Outages: a connection that breaks before the service hears of a call, one that breaks before its answer is heard, and a refusal that says when to come back.
const faults = ['before', 'after', 'busy'];
const tried = [];
const shaky = new OrderServiceClient({
  baseUrl: url, signer, fetch: async (input, init) => {
    if (init.method !== 'POST') return fetch(input, init);
    const fault = faults.shift();
    tried.push(fault ?? 'through');
    if (fault === 'before') throw new TypeError('connection refused');
    if (fault === 'busy') return new Response('{"error":"busy","code":"busy"}', { status: 503, headers: { 'retry-after': '0' } });
    const answer = await fetch(input, init);
    if (fault === 'after') throw new TypeError('connection reset');
    return answer;
  },
});
const survived = await shaky.place(waiting);
told.tried = tried;
told.once = (await client.orders({ search: survived.uuid })).data.length;

// A wrong clock.
const late = new OrderServiceClient({ baseUrl: url, signer, now: () => Date.now() - 3_600_000 });
told.wrongClock = (await late.cancel(survived.uuid)).status;

// A stream that breaks after every message: each event is told once, in order, up to the last.
const { head, log } = await client.events(undefined, 1);
const positions = [];
let connections = 0;
const broken = new OrderServiceClient({
  baseUrl: url, signer, fetch: async (input, init) => {
    const answer = await fetch(input, init);
    if (!String(answer.headers.get('content-type')).startsWith('text/event-stream')) return answer;
    connections++;
    let left = 1;
    const cut = new TransformStream({
      transform(chunk, out) {
        out.enqueue(chunk);
        if (new TextDecoder().decode(chunk).includes('data:') && --left === 0) out.terminate();
      },
    });
    return new Response(answer.body.pipeThrough(cut), { status: answer.status, headers: answer.headers });
  },
});
const last = await client.place(atOnce);
for await (const event of broken.watch()) {
  positions.push(event.position);
  if (event.order === last.uuid && event.kind === 'completed') break;
}
told.rising = positions.every((position, i) => i === 0 || position > positions[i - 1]);
const all = (await client.events()).events.map((event) => event.position);
told.missed = all.filter((position) => position <= positions.at(-1) && !positions.includes(position)).length;
told.reconnected = connections > 1;

// A position that the log does not have.
told.gone = await refusalOf((async () => { for await (const _event of client.watch({ after: `${log}-${head + 1_000_000}` })) return; })());

console.log(JSON.stringify(told));
