import { KeySigner, serialize, type Signer, type Structured } from "@orderservice/client";

const playKey = "orderservice.playKey";

/** A key for play money, made in this browser and kept in it. Nobody else has it, and it must never hold anything of worth. */
export function playSigner(): Signer {
  let key: string | null = null;
  try {
    key = localStorage.getItem(playKey);
    if (key === null) localStorage.setItem(playKey, (key = KeySigner.generate()));
  } catch {
    key ??= KeySigner.generate(); // a browser that keeps nothing has another one with each visit
  }
  return new KeySigner(key, "testnet");
}

// What wallets put into a page (SIP-030).
interface Provider { request(method: string, parameters?: unknown): Promise<{ readonly result?: unknown; readonly error?: { readonly message?: string } }> }

/** Asks a wallet in this browser whose address it signs for. */
export async function connectWallet(network: "mainnet" | "testnet"): Promise<Signer> {
  const provider = providerOf(window as unknown as Readonly<Record<string, unknown>>);
  if (!provider) throw new Error("No Stacks wallet is in this browser. Leather and Xverse are two.");
  const { addresses } = await ask<{ readonly addresses: readonly { readonly symbol?: string; readonly address: string }[] }>(provider, "getAddresses", { network });
  const prefixes = network === "mainnet" ? ["SP"] : ["ST"];
  const address = addresses.find((one) => prefixes.some((prefix) => one.address.startsWith(prefix)))?.address;
  if (address === undefined) throw new Error(`The wallet has no address on ${network}.`);
  return new WalletSigner(provider, address);
}

class WalletSigner implements Signer {
  constructor(readonly provider: Provider, readonly address: string) {}

  async signStructured({ domain, message }: Structured): Promise<string> {
    const asked = { domain: hexOf(serialize(domain)), message: hexOf(serialize(message)) };
    return (await ask<{ readonly signature: string }>(this.provider, "stx_signStructuredMessage", asked)).signature.replace(/^0x/, "");
  }

  async signText(message: string): Promise<string> {
    return (await ask<{ readonly signature: string }>(this.provider, "stx_signMessage", { message })).signature.replace(/^0x/, "");
  }
}

async function ask<T>(provider: Provider, method: string, parameters: unknown): Promise<T> {
  const { result, error } = await provider.request(method, parameters);
  if (error || result === undefined) throw new Error(error?.message ?? "The wallet did not answer.");
  return result as T;
}

// Those that register themselves come first; the others are looked for under the names that they are known by.
function providerOf(page: Readonly<Record<string, unknown>>): Provider | undefined {
  const registered = Array.isArray(page["wbip_providers"]) ? (page["wbip_providers"] as readonly { readonly id?: string }[]).map((one) => one.id ?? "") : [];
  for (const path of [...registered, "LeatherProvider", "XverseProviders.BitcoinProvider", "StacksProvider"]) {
    const found = path.split(".").reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name], page) as Partial<Provider> | undefined;
    if (typeof found?.request === "function") return found as Provider;
  }
  return undefined;
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
