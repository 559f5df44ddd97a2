// What a program written for swap.coffee does, with the vendor's client and nothing changed but the address.
import { createRequire } from 'node:module';

const { StrategiesApi, Configuration } = createRequire(import.meta.url)('@swap-coffee/sdk');
const { BASE_URL: basePath, ADDRESS: address, X_VERIFY: verify } = process.env;

const api = new StrategiesApi(new Configuration({ basePath }));
const statusOf = call => call.then(answer => answer.status, failure => failure.response?.status ?? String(failure));

async function order(type, settings, suborders) {
    const [from] = told.fromTokens.filter(token => token.includes('charisma-token-subnet'));
    const answer = await api.getStrategyOrderCreationTransaction(address, verify, {
        type, token_from: { blockchain: 'stacks', address: from }, token_to: { blockchain: 'stacks', address: 'native' },
        input_amount: '1000000', max_suborders: suborders, max_invocations: suborders * 2, slippage: 0.01, settings,
    });
    return { id: Number(answer.headers['x-order-id']), transaction: answer.data };
}

async function until(id, isReached) {
    for (let tries = 0; tries < 1200; tries++) {
        const { data } = await api.getStrategyOrder(address, verify, id);
        if (isReached(data)) return data;
        await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error(`order ${id} did not come to what it should`);
}

const told = {};
told.isEligible = (await api.isUserEligibleForUsingStrategies(address, verify)).data;
told.fromTokens = (await api.getFromTokensEligibleForStrategies('limit')).data;
told.toTokens = (await api.getToTokensEligibleForStrategies(told.fromTokens.find(token => token.includes('charisma-token-subnet')), 'dca')).data;
told.before = await statusOf(api.doesStrategyWalletExist(address, verify));
told.creation = (await api.getStrategyWalletCreationTransaction(address, verify)).data;
told.wallet = (await api.doesStrategyWalletExist(address, verify)).data;
await fetch(`${basePath}/simulator/faucet`, {
    method: 'POST',
    body: JSON.stringify({ address: told.wallet, token: told.fromTokens.find(token => token.includes('charisma-token-subnet')), amount: '5000000' }),
});

const limit = await order('limit', { min_output_amount: '100' }, 2);
told.limitTransaction = limit.transaction;
told.executed = await until(limit.id, data => data.status === 'executed');

const dca = await order('dca', { delay: 3600, price_range_from: 0.0, price_range_to: 0.0 }, 2);
told.running = await until(dca.id, data => data.suborders_executed === 1 && data.active_transactions === 0);
told.active = (await api.getStrategyOrders(address, verify)).data;
told.limits = (await api.getStrategyOrders(address, verify, 'limit', true, 10, dca.id)).data;
told.cancellation = (await api.getStrategyOrderCancellationTransaction(address, verify, dca.id)).data;
told.cancelled = await until(dca.id, data => data.status === 'cancelled_by_user');
told.all = (await api.getStrategyOrders(address, verify, undefined, true)).data.map(one => one.id);
told.unknown = await statusOf(api.getStrategyOrder(address, verify, 2147483647));
told.unproven = await statusOf(api.getStrategyOrder(address, 'nonsense', dca.id));
told.notAdmin = await statusOf(api.cancelAllStrategyOrders());
console.log(JSON.stringify(told));
