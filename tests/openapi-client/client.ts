// A client whose types are generated from the documents (charisma.d.ts and so on, beside this file): in each dialect it places an order, lists it and cancels it.
// What needs a wallet's key was signed by whoever calls it, and comes as JSON on the standard input; what it saw goes to the standard output.
import createClient from "openapi-fetch";
import type { components as NativeParts, paths as Native } from "./charisma.js";
import type { paths as Panora } from "./panora.js";
import type { paths as SwapCoffee } from "./swapcoffee.js";
import type { components as TreadParts, paths as Tread } from "./tread.js";

interface Given {
  readonly url: string;
  readonly order: { readonly owner: string; readonly inputToken: string; readonly uuid: string; readonly signature: string };
  readonly list: { readonly message: string; readonly signature: string };
  readonly cancel: { readonly message: string; readonly signature: string };
  readonly key: string;
  readonly wallet: string;
  readonly chainId: number;
  readonly account: string;
  readonly proof: string;
  readonly pair: string;
}

declare const process: { readonly argv: readonly string[]; exitCode: number };

const given = JSON.parse(process.argv[2] ?? "") as Given;

// What an answer holds, or an error that says what was refused.
function told<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.url} answered ${answer.response.status}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

async function native(): Promise<[string, number, string]> {
  const client = createClient<Native>({ baseUrl: given.url });
  const body: NativeParts["schemas"]["NewOrder"] = {
    ...given.order, outputToken: ".stx", amountIn: "1000000", recipient: given.order.owner, conditionToken: ".stx", baseAsset: "USD", targetPrice: "1000000", direction: "gt", slippageBps: 100,
  };
  const placed = told(await client.POST("/api/v1/orders/new", { body }));
  const proofOf = (proof: Given["list"]): { "x-message": string; "x-signature": string } => ({ "x-message": proof.message, "x-signature": proof.signature });
  const listed = told(await client.GET("/api/v1/orders", { params: { query: { owner: given.order.owner, limit: 50 }, header: proofOf(given.list) } }));
  const found = listed.data.filter((order) => order.uuid === placed.data.uuid).length;
  const cancelled = told(await client.PATCH("/api/v1/orders/{uuid}/cancel", { params: { path: { uuid: placed.data.uuid }, header: proofOf(given.cancel) } }));
  return [placed.data.status, found, cancelled.data.status];
}

async function panora(): Promise<[string, number, string]> {
  const client = createClient<Panora>({ baseUrl: given.url });
  const header = { "x-api-key": given.key };
  const placed = told(await client.POST("/dca/v1/createOrder", {
    params: { header },
    body: {
      chainId: given.chainId, toWalletAddress: given.wallet, fromTokenAddress: given.order.inputToken, toTokenAddress: ".stx", fromTokenAmount: { value: "0.1", type: "total" },
      interval: { value: 1, timePeriod: "day" }, numberOfOrders: 2, delay: { value: 1, timePeriod: "day" },
    },
  }));
  const listed = told(await client.GET("/dca/v1/getOrders", { params: { header, query: { chainId: given.chainId, toWalletAddress: given.wallet, status: "active", limit: 10, pageNumber: 1 } } }));
  const found = listed.orders.filter((order) => order.panoraTxId === placed.panoraTxId).length;
  const cancelled = told(await client.POST("/dca/v1/cancelOrder", { params: { header }, body: { panoraTxId: placed.panoraTxId } }));
  return [placed.status, found, cancelled.status];
}

async function swapcoffee(): Promise<[string, number, string]> {
  const client = createClient<SwapCoffee>({ baseUrl: given.url });
  const params = { path: { address: given.wallet }, header: { "x-verify": given.proof } };
  const placed = await client.POST("/v1/strategies/{address}/order", {
    params,
    body: {
      type: "dca", token_from: { blockchain: "stacks", address: given.order.inputToken }, token_to: { blockchain: "stacks", address: "native" }, input_amount: "1000", max_suborders: 2, max_invocations: 4,
      slippage: 0.01, settings: { delay: 3600, price_range_from: 1000000 },
    },
  });
  const transaction = told(placed);
  const id = Number(placed.response.headers.get("X-Order-Id"));
  const listed = told(await client.GET("/v1/strategies/{address}/orders", { params: { ...params, query: { type: "dca", include_finished: false } } }));
  const found = listed.filter((order) => order.id === id && order.status === "active").length;
  const cancelled = told(await client.DELETE("/v1/strategies/{address}/order", { params: { ...params, query: { id } } }));
  return [transaction.value, found, cancelled.value];
}

async function tread(): Promise<[string, number, string]> {
  const client = createClient<Tread>({ baseUrl: given.url, headers: { Authorization: `Token ${given.key}` } });
  const body: TreadParts["schemas"]["NewOrder"] = { pair: given.pair, side: "sell", accounts: [given.account], strategy: "TWAP", duration: 3600, base_asset_qty: 1, limit_price: "1000000" };
  const placed = told(await client.POST("/api/orders", { body }));
  const listed = told(await client.GET("/api/orders", { params: { query: { page: 1, page_size: 100 } } }));
  const found = listed.orders.filter((order) => order.id === placed.id).length;
  const cancelled: string = told(await client.DELETE("/api/order/{id}", { params: { path: { id: placed.id } } }));
  return [placed.status, found, cancelled];
}

console.log(JSON.stringify({ native: await native(), panora: await panora(), swapcoffee: await swapcoffee(), tread: await tread() }));
