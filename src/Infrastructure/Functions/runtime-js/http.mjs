// http and https for packages, executed by the server like fetch: this process has no network. A request and its reply are one frame each,
// so nothing is streamed, and agents keep no connections.
import { EventEmitter } from 'node:events';
import { addAbortSignal, Readable, Writable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';

/** They describe the compressed reply, which the server has decompressed. */
const compressionHeaders = ['content-encoding', 'content-length', 'transfer-encoding'];

class Agent extends EventEmitter {
  requests = {};
  sockets = {};
  freeSockets = {};

  constructor(options = {}) {
    super();
    this.options = options;
    this.maxSockets = options.maxSockets ?? Infinity;
    this.keepAlive = options.keepAlive ?? false;
  }

  destroy() {}
}

/** A stub: there is no connection. */
class Connection extends EventEmitter {
  connecting = false;
  destroyed = false;
  writable = true;

  destroy() {
    return this;
  }
}

for (const name of ['setKeepAlive', 'setNoDelay', 'setTimeout', 'ref', 'unref']) {
  Connection.prototype[name] = Connection.prototype.destroy;
}

class IncomingMessage extends Readable {
  httpVersion = '1.1';
  httpVersionMajor = 1;
  httpVersionMinor = 1;
  headers = {};
  rawHeaders = [];
  complete = true;

  constructor(req, reply) {
    super({ read() {} });
    Object.assign(this, { req, socket: req.socket, connection: req.socket, statusCode: reply.status, statusMessage: reply.statusText });
    for (const { name, value } of reply.headers.filter((header) => !compressionHeaders.includes(header.name.toLowerCase()))) {
      const key = name.toLowerCase();
      this.rawHeaders.push(name, value);
      this.headers[key] = key === 'set-cookie' ? [...this.headers[key] ?? [], value]
        : key in this.headers ? `${this.headers[key]}, ${value}` : value;
    }

    this.push(Buffer.from(reply.body, 'base64'));
    this.push(null);
  }

  setTimeout() {
    return this;
  }
}

class ClientRequest extends Writable {
  aborted = false;
  reusedSocket = false;
  #send;
  #body = [];
  #headers = new Map();
  #timer;

  constructor(send, protocol, args) {
    super({ autoDestroy: false });
    const callback = args.findLast((one) => typeof one === 'function');
    const [first, second] = args.filter((one) => typeof one !== 'function');
    const isAddress = typeof first === 'string' || first instanceof URL;
    const options = isAddress ? { ...urlToHttpOptions(new URL(first)), ...second } : { ...first };
    if ((options.protocol ?? protocol) !== protocol) {
      const wrong = new TypeError(`Protocol "${options.protocol}" not supported. Expected "${protocol}"`);
      throw Object.assign(wrong, { code: 'ERR_INVALID_PROTOCOL' });
    }

    this.#send = send;
    this.protocol = protocol;
    this.method = String(options.method ?? 'GET').toUpperCase();
    this.host = String(options.hostname ?? options.host ?? 'localhost');
    this.path = String(options.path ?? '/');
    this.port = options.port;
    this.agent = options.agent;
    this.socket = this.connection = new Connection();
    for (const [name, value] of Array.isArray(options.headers) ? pairs(options.headers) : Object.entries(options.headers ?? {})) {
      this.setHeader(name, value);
    }

    if (options.auth) {
      this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    }

    if (callback !== undefined) {
      this.once('response', callback);
    }

    if (options.signal) {
      addAbortSignal(options.signal, this);
    }

    this.setTimeout(options.timeout);
    process.nextTick(() => this.emit('socket', this.socket));
  }

  setHeader(name, value) {
    this.#headers.set(String(name).toLowerCase(), { name: String(name), value });
    return this;
  }

  getHeader = (name) => this.#headers.get(String(name).toLowerCase())?.value;
  hasHeader = (name) => this.#headers.has(String(name).toLowerCase());
  removeHeader = (name) => void this.#headers.delete(String(name).toLowerCase());
  getHeaderNames = () => [...this.#headers.keys()];
  getHeaders = () => Object.fromEntries([...this.#headers].map(([key, { value }]) => [key, value]));
  flushHeaders() {}
  setNoDelay() {}
  setSocketKeepAlive() {}

  setTimeout(milliseconds, callback) {
    clearTimeout(this.#timer);
    if (callback !== undefined) {
      this.once('timeout', callback);
    }

    if (milliseconds > 0) {
      this.#timer = setTimeout(() => this.emit('timeout'), milliseconds).unref();
    }

    return this;
  }

  abort() {
    this.aborted = true;
    this.destroy(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
  }

  _write(chunk, encoding, done) {
    this.#body.push(chunk);
    done();
  }

  _final(done) {
    done();
    const headers = [...this.#headers.values()].flatMap(({ name, value }) => [value].flat().map((one) => ({ name, value: String(one) })));
    const body = this.#body.length === 0 ? null : Buffer.concat(this.#body).toString('base64');
    const host = this.host.includes(':') && !this.host.startsWith('[') ? `[${this.host}]` : this.host;
    const url = `${this.protocol}//${host}${this.port ? `:${this.port}` : ''}${this.path.startsWith('/') ? '' : '/'}${this.path}`;
    this.#send({ url, method: this.method, headers, body, followsRedirects: false }).then(
      (reply) => this.#receive(reply),
      (error) => this.destroy(Object.assign(error, { code: 'ECONNREFUSED' })));
  }

  _destroy(error, done) {
    clearTimeout(this.#timer);
    done(error);
  }

  #receive(reply) {
    if (this.destroyed) {
      return;
    }

    clearTimeout(this.#timer);
    this.res = new IncomingMessage(this, reply);
    this.res.once('close', () => this.destroy());
    if (!this.emit('response', this.res)) {
      this.res.resume();
    }
  }
}

function pairs(list) {
  return Array.isArray(list[0]) ? list : list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1]]] : []));
}

/**
 * @param send Sends a request to the server and returns a promise of its reply.
 * @returns Replacements for members, by module.
 */
export function createHttpClients(send) {
  const client = (protocol) => {
    const request = (...args) => new ClientRequest(send, protocol, args);
    const get = (...args) => {
      const clientRequest = request(...args);
      clientRequest.end();
      return clientRequest;
    };
    return { request, get, Agent, globalAgent: new Agent(), IncomingMessage, ClientRequest };
  };
  return { http: client('http:'), https: client('https:'), tty: { isatty: () => false } };
}
