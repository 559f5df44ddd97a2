// The Clarity VM: one simnet session, spoken to in serialized values.
import { createRequire } from 'node:module';
import { Memory } from './memory.mjs';

const require = createRequire(import.meta.url);

// The exports are needed for checkpoints: the whole state of the VM is its linear memory.
let exportsOfVm;
const Instance = WebAssembly.Instance;
WebAssembly.Instance = function (...args) {
  const instance = new Instance(...args);
  exportsOfVm = instance.exports;
  return instance;
};
const simnet = require('@stacks/clarinet-sdk-wasm');
WebAssembly.Instance = Instance;

const EPOCH = '3.1';
export const CLARITY = 3;

/** A call that did not come to a result: a runtime error, a missing contract, a wrong argument. */
export class VmFailure extends Error {}

const withoutPrefix = (hex) => (hex.startsWith('0x') ? hex.slice(2) : hex);
export const bytesOf = (hex) => Buffer.from(withoutPrefix(hex), 'hex');

export class Vm {
  #session;
  #interfaces = new Map();
  #sources = new Map();
  #memory = new Memory(exportsOfVm.memory);

  /** With costs, every answer also has what the run cost, as the chain counts it. */
  static async start({ costs = false } = {}) {
    const vm = new Vm();
    vm.#session = new simnet.SDK(() => { throw new Error('the VM reads no files'); }, new simnet.SDKOptions(costs, false, false));
    await vm.#session.initEmptySession({ enabled: false });
    vm.#session.setEpoch(EPOCH);
    return vm;
  }

  deploy(name, source, sender) {
    const args = new simnet.DeployContractArgs(name, source, new simnet.ContractOptions(CLARITY), sender);
    const response = this.#run('deployContract', args);
    this.#interfaces.clear();
    this.#sources.set(`${sender}.${name}`, source);
    return response;
  }

  /** Runs a public function; args and result are hex, events the VM's own JSON. Throws VmFailure when it panics. */
  call(contract, fn, args, sender) {
    return this.#run('callPublicFn', new simnet.CallFnArgs(contract, fn, args.map(bytesOf), sender));
  }

  read(contract, fn, args, sender) {
    return this.#run('callReadOnlyFn', new simnet.CallFnArgs(contract, fn, args.map(bytesOf), sender)).result;
  }

  transfer(amount, recipient, sender) {
    return this.#run('transferSTX', new simnet.TransferSTXArgs(amount, recipient, sender));
  }

  mint(recipient, amount) {
    this.#session.mintSTX(recipient, amount);
  }

  interfaceOf(contract) {
    if (this.#interfaces.size === 0) this.#interfaces = this.#session.getContractsInterfaces();
    return this.#interfaces.get(contract);
  }

  sourceOf(contract) {
    return this.interfaceOf(contract) && this.#sources.get(contract);
  }

  checkpoint() {
    return this.#memory.take();
  }

  restore(checkpoint) {
    this.#memory.restore(checkpoint);
    this.#interfaces.clear();
  }

  // What lives in the VM's memory is freed here and now: the garbage collector would free it later, out of a memory restored
  // since. The VM also writes every panic to the console, which is slow and nobody's business.
  #run(method, args) {
    const { error, log } = console;
    console.error = console.log = () => {};
    try {
      const response = this.#session[method](args);
      const { result, events, costs } = response;
      response.free();
      return { result, events, costs };
    } catch (failure) {
      // Text is a refusal of Clarity's; anything else is the VM itself failing, after which its state means nothing.
      throw typeof failure === 'string' ? new VmFailure(failure) : failure;
    } finally {
      args.free();
      console.error = error;
      console.log = log;
    }
  }
}
