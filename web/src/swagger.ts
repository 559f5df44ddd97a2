import { KeySigner, newUuid, OrderServiceClient, Refusal, signIntent } from "@orderservice/client";

/**
 * Makes what Swagger UI's examples stand for, on a venue of play money: each press of Execute is signed anew by the published demo key, so that no example runs out, and an id that
 * only stands for one becomes that of an order, a key or an account which is made first. What a person has typed in place of an example is left as it is.
 */

// SHA-256 of "order service demo": anyone has it, and it has funds on the simulated venue only.
const demo = new KeySigner("5534d788d74d0ebb123f90283755553b8de7125b501939d713fb0b93a98927d5");

/** What Swagger UI is about to send. */
export interface Asked {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  loadSpec?: boolean;
}

const client = new OrderServiceClient({ baseUrl: location.origin, signer: demo });
const shown = { secret: "ck_live_demo", key: "7c9e6679742540de944be07fc1f90ae7", account: "5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f", webhook: "c4a760a8dbcf4e148f39d6c2f1e0b7a5", panora: "0x9f2c4be1", tread: "a13f34c2-7529-4ed9-97cb-f52f9daea4a0" };
const once = new Map<string, Promise<string>>();

// One of a kind for as long as the page is open.
function kept(name: string, make: () => Promise<string>): Promise<string> {
  const known = once.get(name);
  if (known) return known;
  const made = make();
  once.set(name, made);
  made.catch(() => once.delete(name));
  return made;
}

async function call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const response = await fetch(path, { method, headers: { "content-type": "application/json", ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!response.ok) throw await Refusal.of(response);
  return response;
}

async function json<T>(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<T> {
  return (await (await call(method, path, body, headers)).json()) as T;
}

async function signed(action: string, members: Readonly<Record<string, unknown>>): Promise<{ readonly message: string; readonly signature: string; readonly walletAddress: string }> {
  const { service, chainId } = await client.network();
  const message = JSON.stringify({ service, chainId, address: demo.address, ...members, action, timestamp: Date.now(), salt: newUuid() });
  return { message, signature: await demo.signText(message), walletAddress: demo.address };
}

async function newKey(): Promise<{ readonly apiKey: string; readonly keyId: string }> {
  const permissions = ["create", "execute", "cancel", "accounts", "trade"];
  return json("POST", "/api/v1/api-keys", await signed("create_api_key", { keyName: `swagger ${newUuid()}`, permissions, expiresAt: new Date(Date.now() + 86_400_000).toISOString() }));
}

/** A webhook of the demo wallet's: the first that it has, or a new one. */
async function webhook(): Promise<string> {
  const { message, signature, walletAddress } = await signed("list_webhooks", {});
  const { webhooks } = await json<{ readonly webhooks: readonly { readonly id: string }[] }>(
    "GET", "/api/v1/webhooks", undefined, { "x-message": message, "x-signature": signature, "x-wallet-address": walletAddress });
  const [first] = webhooks;
  if (first) return first.id;
  return (await json<{ readonly webhook: { readonly id: string } }>("POST", "/api/v1/webhooks", await signed("add_webhook", { url: "https://example.com/hook" }))).webhook.id;
}

const apiKey = (): Promise<string> => kept("key", async () => (await newKey()).apiKey);

/** The tokens that the examples sell. */
async function sold(): Promise<readonly string[]> {
  const tokens = (await client.tokens()).filter((token) => token.type === "SUBNET");
  return tokens.filter((token, i) => i === 0 || /^(sUSDT|CHA)/.test(token.symbol)).map((token) => token.contractId);
}

async function fund(address: string): Promise<void> {
  for (const token of await sold()) await call("POST", "/simulator/faucet", { address, token, amount: "1000000000" });
}

/** An account that the examples sell from, by the name by which their API finds it among several. */
const account = (name: "main" | "panora" = "main"): Promise<string> => kept(`account ${name}`, async () => {
  const headers = { "x-api-key": await apiKey() };
  const { accounts } = await json<{ readonly accounts: readonly { readonly id: string; readonly name: string; readonly address: string }[] }>("GET", "/api/v1/accounts", undefined, headers);
  const found = accounts.find((one) => one.name === name)
    ?? (await json<{ readonly account: { readonly id: string; readonly name: string; readonly address: string } }>("POST", "/api/v1/accounts", { name }, headers)).account;
  await fund(found.address);
  return found.id;
});

async function waitingOrder(isPaused: boolean): Promise<string> {
  const [inputToken = ""] = await sold();
  const { uuid } = await client.place({ inputToken, outputToken: ".stx", amountIn: "1000000", conditionToken: ".stx", baseAsset: "USD", targetPrice: "1000000", direction: "gt" });
  if (isPaused) await client.pause(uuid);
  return uuid;
}

async function waitingGroup(): Promise<string> {
  const [inputToken = ""] = await sold();
  const leg = { inputToken, outputToken: ".stx", amountIn: "1000000", conditionToken: ".stx", baseAsset: "USD" };
  return (await client.placeGroup("oco", [{ ...leg, targetPrice: "1000000", direction: "gt" }, { ...leg, targetPrice: "0.000001", direction: "lt" }])).groupId;
}

async function strategiesProof(): Promise<string> {
  const { proofDomain } = await client.network();
  const [timestamp, payload] = [Math.floor(Date.now() / 1000), newUuid().replaceAll("-", "")];
  const signature = await demo.signText(`order-service-proof/${proofDomain}/${timestamp}/${payload}`);
  return JSON.stringify({ public_key: demo.publicKey, wallet_state_init: "", proof: { timestamp, domain_len: proofDomain.length, domain_val: proofDomain, payload, signature } });
}

const strategiesWallet = (): Promise<string> => kept("strategies", async () => {
  const { address } = await json<{ readonly address: string }>("POST", `/v1/strategies/${demo.address}/wallet`, {}, { "x-verify": await strategiesProof() });
  await fund(address);
  return address;
});

async function strategiesOrder(): Promise<string> {
  await strategiesWallet();
  const [token = ""] = await sold();
  const body = {
    type: "dca", token_from: { blockchain: "stacks", address: token }, token_to: { blockchain: "stacks", address: "native" }, input_amount: String(1000 + Math.floor(Math.random() * 1e6)),
    max_suborders: 2, max_invocations: 4, slippage: 0.01, settings: { delay: 3600, price_range_from: 1000000 },
  };
  return (await call("POST", `/v1/strategies/${demo.address}/order`, body, { "x-verify": await strategiesProof() })).headers.get("x-order-id") ?? "";
}

async function panoraOrder(product: string): Promise<string> {
  await account("panora");
  const [token = ""] = await sold();
  const { chainId } = await client.network();
  const common = { chainId, toWalletAddress: demo.address, fromTokenAddress: token, toTokenAddress: ".stx" };
  const body = product === "dca"
    ? { ...common, fromTokenAmount: { value: "0.1", type: "total" }, interval: { value: 1, timePeriod: "day" }, numberOfOrders: 2, delay: { value: 1, timePeriod: "day" } }
    : { ...common, fromWalletAddress: demo.address, fromTokenAmount: "0.1", rateToTokenPerFromToken: "1000000", slippagePercentage: "1", expiry: { value: 1, timePeriod: "week" } };
  return (await json<{ readonly panoraTxId: string }>("POST", `/${product}/v1/createOrder`, body, { "x-api-key": await apiKey() })).panoraTxId;
}

async function treadOrder(isPaused = false): Promise<string> {
  await account();
  const headers = { authorization: `Token ${await apiKey()}` };
  const body = { pair: "CHA-sUSDT", side: "sell", accounts: ["main"], strategy: "TWAP", duration: 3600, base_asset_qty: 10, limit_price: "1000000" };
  const { id } = await json<{ readonly id: string }>("POST", "/api/orders", body, headers);
  if (isPaused) await call("POST", "/api/pause_order", { order_id: id }, headers);
  return id;
}

const treadOrderFor = (path: string): Promise<string> => (/pause|resume|order\/|amend/.test(path) ? treadOrder(path.endsWith("resume_order")) : kept("tread", () => treadOrder()));

// Signed by the demo wallet for a moment that may be over: signed anew for this one.
async function signAnew(asked: Asked, changes: Readonly<Record<string, string>>): Promise<void> {
  const body = asked.body?.includes('"signature"') ? (JSON.parse(asked.body) as Record<string, unknown>) : undefined;
  const text = asked.headers["x-message"] ?? body?.["message"];
  if (typeof text !== "string") return;
  const { action, address, ...members } = JSON.parse(text) as { readonly action: string; readonly address: string; readonly keyName?: string; readonly name?: string };
  if (address !== demo.address) return;
  const fresh = (name: string | undefined): string | undefined => name?.replace(/[0-9a-f]{32}$/, newUuid().replaceAll("-", ""));
  const names = { ...(members.keyName === undefined ? {} : { keyName: fresh(members.keyName) }), ...(members.name === undefined ? {} : { name: fresh(members.name) }) };
  const again = await signed(action, { ...members, ...names, ...changes });
  if (body) asked.body = JSON.stringify({ ...body, ...again }, undefined, 2);
  else [asked.headers["x-message"], asked.headers["x-signature"]] = [again.message, again.signature];
}

async function native(asked: Asked, path: string): Promise<void> {
  const changes: Record<string, string> = {};
  const stand = async (shownId: string, name: string, make: () => Promise<string>): Promise<void> => {
    if (!path.includes(shownId)) return;
    changes[name] = await make();
    asked.url = asked.url.replace(shownId, changes[name]);
  };
  const order = /^\/api\/v1\/orders\/([0-9a-f-]{36})(?:\/(\w+))?$/.exec(path);
  if (order?.[1] !== undefined && (await isMissing(order[1], order[2]))) await stand(order[1], "uuid", () => waitingOrder(order[2] === "resume"));
  const group = /^\/api\/v1\/orders\/groups\/([0-9a-f-]{36})$/.exec(path);
  if (group?.[1] !== undefined && !(await client.group(group[1]).catch(() => undefined))) await stand(group[1], "groupId", () => kept("group", waitingGroup));
  await stand(shown.key, "keyId", async () => (await newKey()).keyId);
  await stand(shown.account, "accountId", () => account());
  await stand(shown.webhook, "webhookId", webhook);
  if (path.endsWith("/replace")) Object.assign(changes, await newReplacement(asked));
  await signAnew(asked, changes);
}

// The order that takes the place of another has a uuid that no order had before, which its owner signs.
async function newReplacement(asked: Asked): Promise<Readonly<Record<string, string>>> {
  const body = JSON.parse(asked.body ?? "{}") as { readonly order?: { readonly owner?: string; readonly inputToken: string; readonly amountIn: string } };
  if (body.order?.owner !== demo.address) return {};
  const [{ router, chainId }, uuid] = [await client.network(), newUuid()];
  const { inputToken, amountIn } = body.order;
  asked.body = JSON.stringify({ ...body, order: { ...body.order, uuid, signature: await signIntent(demo, { uuid, inputToken, amountIn, router, chainId }) } });
  return { newUuid: uuid };
}

// True where an order is not there, or is not as the call needs it, and may be made for the demo wallet.
async function isMissing(uuid: string, verb: string | undefined): Promise<boolean> {
  const order = await client.order(uuid).catch(() => undefined);
  if (!order || verb === undefined || verb === "explain") return !order;
  return order.owner === demo.address && (order.status !== "open" || (order.paused ?? false) !== (verb === "resume"));
}

/** Makes a request one that succeeds. */
export async function prepare(asked: Asked): Promise<Asked> {
  const { pathname, origin } = new URL(asked.url, location.href);
  if (asked.loadSpec || origin !== location.origin || (await client.network()).venue !== "simulated") return asked;
  const path = decodeURIComponent(pathname);
  if (path.startsWith("/api/v1/")) await native(asked, path);
  else if (path.startsWith("/dca/") || path.startsWith("/limit/")) await panora(asked, path.split("/")[1] as string);
  else if (path.startsWith("/v1/strategies/")) await strategies(asked, path);
  else if (path.startsWith("/api/")) await tread(asked, path);
  return asked;
}

async function panora(asked: Asked, product: string): Promise<void> {
  if ((asked.headers["x-api-key"] ?? shown.secret) === shown.secret) asked.headers["x-api-key"] = await apiKey();
  await account("panora");
  if (!asked.body?.includes(shown.panora)) return;
  const body = JSON.parse(asked.body) as Record<string, unknown>;
  asked.body = JSON.stringify({ ...body, panoraTxId: await panoraOrder(product) }, undefined, 2);
}

async function strategies(asked: Asked, path: string): Promise<void> {
  if (/\/(cancel|payout)(\/|$)/.test(path)) await strategiesWallet(); // the operator's calls, about somebody's wallet
  if (path.endsWith("/payout") && asked.body) asked.body = asked.body.replace(demo.address, await strategiesWallet());
  if (path.endsWith("/by-id/1")) asked.url = asked.url.replace(/1$/, await strategiesOrder());
  if (asked.headers["x-verify"] === undefined) return;
  asked.headers["x-verify"] = await strategiesProof();
  if (path.includes("/order") || asked.method === "GET") await strategiesWallet();
  const url = new URL(asked.url, location.href);
  if (url.searchParams.get("id") !== "1") return;
  url.searchParams.set("id", await strategiesOrder());
  asked.url = url.href;
}

async function tread(asked: Asked, path: string): Promise<void> {
  asked.headers["Authorization"] ??= `Token ${await apiKey()}`;
  await account();
  if (path === "/api/orders" && asked.body) asked.body = asked.body.replace('"my-1"', `"my-${Date.now()}"`); // a name of the caller's is one order's
  if (/\/(pause|resume)_all_orders$/.test(path)) await treadOrder(path.includes("resume")); // of none they say that there is none
  if (!asked.url.includes(shown.tread) && !asked.body?.includes(shown.tread)) return;
  const id = await treadOrderFor(path);
  asked.url = asked.url.replace(shown.tread, id);
  if (asked.body) asked.body = asked.body.replaceAll(shown.tread, id);
}

(window as unknown as { orderServiceDemo: typeof prepare }).orderServiceDemo = (asked) =>
  prepare(asked).catch((fault: unknown) => {
    console.warn(fault);
    return asked; // the service says what it thinks of it
  });
