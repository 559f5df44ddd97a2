// Signed transactions of the wallets' library: contract calls with arguments and post-conditions of every kind, and STX transfers; each also
// sponsored.
import { Cl, makeContractCall, makeSTXTokenTransfer, sponsorTransaction } from '@stacks/transactions';

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const nameLetters = [...letters, ...'0123456789-_!?+<>=/*'];
// The chain sorts the names of a tuple by their bytes, the library by localeCompare; the two agree on these.
const keyLetters = [...'abcdefghijklmnopqrstuvwxyz'];
const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

const limit = (bits) => 2n ** BigInt(bits);
const u64Limits = [0n, 1n, limit(63), limit(64) - 1n];
const u128Limits = [0n, 1n, limit(64), limit(127), limit(128) - 1n];
const i128Limits = [0n, -1n, 1n, limit(127) - 1n, -limit(127)];

const leaf = (make) => (node) => make(node.value);
const toClarity = {
  int: leaf((value) => Cl.int(BigInt(value))),
  uint: leaf((value) => Cl.uint(BigInt(value))),
  bool: leaf(Cl.bool),
  buffer: leaf(Cl.bufferFromHex),
  principal: leaf(Cl.principal),
  none: Cl.none,
  ascii: leaf(Cl.stringAscii),
  utf8: leaf(Cl.stringUtf8),
  ok: leaf((value) => Cl.ok(clarity(value))),
  err: leaf((value) => Cl.error(clarity(value))),
  some: leaf((value) => Cl.some(clarity(value))),
  list: leaf((items) => Cl.list(items.map(clarity))),
  tuple: leaf((entries) => Cl.tuple(Object.fromEntries(entries.map(([name, value]) => [name, clarity(value)])))),
};
const clarity = (node) => toClarity[node.type](node);

export function transactionKinds({ below, pick, text, uint, bytes, contract, principal, keys, unicode }) {
  const u64 = () => (pick([true, false]) ? pick(u64Limits) : uint() & (limit(64) - 1n)).toString();
  const name = () => pick(letters) + text(nameLetters, pick([0, 0, 127, below(128), below(20), below(20), below(20)]));
  const key = () => pick(keyLetters) + text([...keyLetters, ...'0123456789-'], below(12));
  const asset = () => `${contract()}::${name()}`;

  const leaves = {
    int: () => (pick([true, false]) ? pick(i128Limits) : (uint() >> 1n) * pick([1n, -1n])).toString(),
    uint: () => (pick([true, false]) ? pick(u128Limits) : uint()).toString(),
    bool: () => pick([true, false]),
    buffer: () => bytes(below(80)).toString('hex'),
    principal,
    none: () => null,
    ascii: () => text(printable, below(60)),
    utf8: () => text(unicode, below(40)),
  };
  const branches = {
    ok: (depth) => value(depth),
    err: (depth) => value(depth),
    some: (depth) => value(depth),
    list: (depth) => Array.from({ length: below(4) }, () => value(depth)),
    tuple: (depth) => [...new Set(Array.from({ length: 1 + below(4) }, key))].map((entry) => [entry, value(depth)]),
  };
  function value(depth) {
    const type = pick(depth > 1 ? [...Object.keys(leaves), ...Object.keys(branches), ...Object.keys(branches)] : Object.keys(leaves));
    return { type, value: type in leaves ? leaves[type]() : branches[type](depth - 1) };
  }

  const comparisons = ['eq', 'gt', 'gte', 'lt', 'lte'];
  const conditions = {
    stx: () => ({ condition: pick(comparisons), amount: u64() }),
    ft: () => ({ asset: asset(), condition: pick(comparisons), amount: u64() }),
    nft: () => ({ asset: asset(), instance: value(4), condition: pick(['sent', 'not-sent']) }),
  };
  const condition = () => {
    const type = pick(Object.keys(conditions));
    return { type, sender: pick(['origin', principal()]), ...conditions[type]() };
  };
  const toPostCondition = ({ type, sender, instance, ...rest }) => ({
    type: `${type}-postcondition`, address: sender, ...rest, ...(instance && { assetId: clarity(instance) }),
  });

  async function signed(line, make, options) {
    const { privateKey, ...addresses } = pick(keys);
    const { network, nonce, fee } = line;
    const origin = { ...options, senderKey: privateKey, network, nonce: BigInt(nonce), fee: BigInt(fee) };
    const done = (transaction, more) => ({ ...line, privateKey, sender: addresses[network], ...more, hex: transaction.serialize(), txid: transaction.txid() });
    if (!line.sponsored) return done(await make(origin));
    const sponsor = pick(keys);
    const [sponsorNonce, sponsorFee] = [u64(), u64()];
    const transaction = await sponsorTransaction({
      transaction: await make({ ...origin, sponsored: true }), sponsorPrivateKey: sponsor.privateKey, fee: BigInt(sponsorFee),
      sponsorNonce: BigInt(sponsorNonce), network,
    });
    return done(transaction, { sponsorKey: sponsor.privateKey, sponsor: sponsor[network], sponsorNonce, sponsorFee });
  }
  const common = (sponsored) => ({ network: pick(['mainnet', 'testnet']), nonce: u64(), fee: u64(), sponsored });

  return {
    sponsored(kind = pick(['call', 'call', 'call', 'stx'])) { return this[kind](true); },
    call(sponsored = false) {
      const line = {
        ...common(sponsored), contract: contract(), functionName: name(), args: Array.from({ length: below(6) }, () => value(4)),
        mode: pick(['allow', 'deny']), postConditions: Array.from({ length: below(6) }, condition),
      };
      const [contractAddress, contractName] = line.contract.split('.');
      return signed(line, makeContractCall, {
        contractAddress, contractName, functionName: line.functionName, functionArgs: line.args.map(clarity),
        postConditionMode: line.mode, postConditions: line.postConditions.map(toPostCondition),
      });
    },
    stx(sponsored = false) {
      // The library cuts zeros off the end of a memo when it reads, so none is written there.
      let memo = text(unicode, below(35)).replace(/\u0000+$/, '');
      while (Buffer.byteLength(memo) > 34) memo = [...memo].slice(0, -1).join('').replace(/\u0000+$/, '');
      const line = { ...common(sponsored), recipient: principal(), amount: u64(), memo };
      return signed(line, makeSTXTokenTransfer, { recipient: line.recipient, amount: BigInt(line.amount), memo });
    },
  };
}
