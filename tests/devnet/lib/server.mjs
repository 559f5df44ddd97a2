// HTTP over a table of routes: finds the route, lets the faults strike, answers JSON.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const BODY_MAX = 1 << 20;
const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS' };

/** An answer; anything thrown that is not one becomes a 500. */
export class Reply extends Error {
  constructor(status, body) {
    super(`reply ${status}`);
    Object.assign(this, { status, body });
  }
}

/** A request that is never answered: its connection ends without a word. */
export const SILENCE = Symbol('silence');

export class Server {
  #routes;
  #faults;
  #awayUntil = 0;
  #http = createServer({ keepAliveTimeout: 60_000 }, (request, response) => this.#serve(request, response));

  /** routes: [method, pattern with :names, handler, fault class]. */
  constructor(routes, faults) {
    this.#faults = faults;
    this.#routes = routes.map(([method, pattern, handler, what]) => ({
      method, handler, what, path: new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`),
    }));
  }

  listen(port) {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, '127.0.0.1', () => resolve(this.#http.address().port));
    });
  }

  close() {
    this.#http.closeAllConnections();
    this.#http.close();
  }

  goAway(ms) {
    this.#awayUntil = Date.now() + ms;
  }

  async #serve(request, response) {
    const url = new URL(request.url, 'http://localhost');
    if (Date.now() < this.#awayUntil && !url.pathname.startsWith('/devnet/')) return request.socket.destroy();
    if (request.method === 'OPTIONS') return response.writeHead(204, CORS).end();
    let reply;
    try {
      reply = await this.#answer(request, url);
    } catch (thrown) {
      reply = thrown instanceof Reply ? thrown : failureOf(thrown);
    }
    if (reply === SILENCE || (Date.now() < this.#awayUntil && !url.pathname.startsWith('/devnet/'))) return request.socket.destroy();
    const body = JSON.stringify(reply.body);
    return response.writeHead(reply.status, { ...CORS, 'content-type': 'application/json; charset=utf-8' }).end(body);
  }

  async #answer(request, url) {
    const fitting = this.#routes.map((route) => ({ route, found: route.path.exec(url.pathname) })).filter(({ found }) => found);
    if (fitting.length === 0) throw new Reply(404, { error: `no route ${url.pathname}` });
    const match = fitting.find(({ route }) => route.method === request.method);
    if (!match) throw new Reply(405, { error: 'method not allowed' });
    const bytes = await bodyOf(request);
    const fault = match.route.what ? this.#faults.strike(match.route.what) : undefined;
    if (fault?.kind === 'delay') await sleep(fault.ms ?? 1000);
    if (fault?.kind === 'error') throw new Reply(fault.status ?? 500, fault.body ?? { error: 'fault on request' });
    const params = Object.fromEntries(Object.entries(match.found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
    const body = await match.route.handler({ params, query: url.searchParams, bytes, json: () => parse(bytes), headers: request.headers, fault });
    if (fault?.kind === 'timeout') {
      // Without a time it never answers, and only the reader's own patience ends the wait.
      await (fault.ms === undefined ? new Promise((resolve) => { request.socket.once('close', resolve); }) : sleep(fault.ms));
      if (fault.ms === undefined) return SILENCE;
    }
    return body instanceof Reply ? body : { status: 200, body };
  }
}

function parse(bytes) {
  try {
    return bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Reply(400, { error: 'the body is not JSON' });
  }
}

function failureOf(thrown) {
  if (thrown instanceof RangeError || thrown instanceof TypeError || thrown instanceof SyntaxError) return new Reply(400, { error: thrown.message });
  return new Reply(500, { error: String(thrown?.message ?? thrown) });
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_MAX) throw new Reply(413, { error: 'body too large' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
