// Prints the settings with which the service swaps on a devnet that listens at an address: one NAME=VALUE a line.
//   node settings.mjs http://127.0.0.1:20443 [solvers]
const [url, solvers = "4"] = process.argv.slice(2);
const ask = async (path) => (await fetch(url + path)).json();

const accounts = await ask("/devnet/accounts");
const deployer = accounts.find((account) => account.role === "deployer").address;
const payers = accounts.filter((account) => account.role === "solver").slice(0, Number(solvers));
const wallet = accounts.find((account) => account.role === "wallet");

const settings = {
  Venue: "stacks",
  Service__Domain: "devnet.localhost",
  Stacks__Network: "testnet",
  Stacks__NodeUrl: url,
  Stacks__Router: `${deployer}.x-multihop-rc9`,
  Stacks__OrderRouter: `${deployer}.order-router`,
  Stacks__Verifier: `${deployer}.blaze-v1`,
  Stacks__WrappedStx: `${deployer}.wstx`,
  Stacks__VaultsUrl: `${url}/api/v1/vaults`,
  Stacks__Confirmations: "2",
  Stacks__DemoKey: wallet.privateKey,
  Pricing__Sources__Charisma__BaseUrl: url,
  Pricing__Sources__Http__0__Name: "rates",
  Pricing__Sources__Http__0__UrlTemplate: `${url}/api/v1/rates`,
  Pricing__Sources__Http__0__ArrayPath: "rates",
  Pricing__Sources__Http__0__TokenPath: "id",
  Pricing__Sources__Http__0__PricePath: "usd",
  Pricing__Sources__Http__0__TimePath: "at",
  Pricing__Sources__Http__0__TimeUnit: "Seconds",
  ...Object.fromEntries(payers.map((payer, i) => [`Stacks__SolverKeys__${i}`, payer.privateKey])),
};
for (const [name, value] of Object.entries(settings)) console.log(`${name}=${value}`);
