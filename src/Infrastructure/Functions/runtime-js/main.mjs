// The process in which the scripts of one application run.
import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';
import { contextFor } from './context.mjs';
import { createFetch } from './fetch.mjs';
import { createHttpClients } from './http.mjs';
import { listen, send } from './pipe.mjs';
import { initialize, load, NotLoadable } from './script.mjs';
import { lockdown } from './lockdown.mjs';

const { parse, stringify } = JSON;
const NativePromise = Promise;
const defer = setImmediate;
const maxTextLength = 8192;

const current = new AsyncLocalStorage();
const calls = { __proto__: null };
const scripts = { __proto__: null };
const pendingRequests = { __proto__: null };
let settings;
let level;
let lastRequestId = 0;

/** Console of code outside calls, such as the initialization script. */
const startup = { id: '', lines: 0, length: 0, truncated: false };

const receivers = {
  __proto__: null,
  init: (message) => start(message),
  script: ({ script, source }) => {
    scripts[script] = { source, handler: undefined };
  },

  // Deferred, so that a call that blocks the process is the only one that has begun.
  invoke: (message) => defer(() => invoke(message)),
  response: ({ requestId, value, error }) => {
    const pending = pendingRequests[requestId];
    delete pendingRequests[requestId];
    if (typeof error === 'string') {
      pending?.reject(toError(parse(error)));
    } else {
      pending?.resolve(typeof value === 'string' ? parse(value) : undefined);
    }
  },
  cancel: ({ id }) => {
    delete calls[id];
    send({ __proto__: null, type: 'cancelled', id });
  },
};

listen((message) => receivers[message.type](message));

async function start(message) {
  settings = message;
  lockdown(parse(message.variables), write, createHttpClients(requestFetch));
  listenToConsole();
  globalThis.fetch = createFetch(requestFetch);
  process.on('uncaughtException', (error) => {
    const call = current.getStore();
    if (call?.id) {
      end(call, { ...describe(error), kind: 'Thrown' });
    } else {
      write(`Uncaught ${inspect(error)}\n`, 'error');
    }
  });
  process.on('unhandledRejection', (error) => write(`Unhandled rejection: ${inspect(error)}\n`, 'error'));
  let failure;
  if (typeof message.initialization === 'string') {
    try {
      await current.run(startup, () => initialize(message.initialization, `${message.root}/initialization`));
    } catch (error) {
      failure = describe(error);
    }
  }

  send({ __proto__: null, type: 'ready', ...failure });
}

async function invoke({ id, script, event }) {
  send({ __proto__: null, type: 'started', id });
  const call = calls[id] = { id, lines: 0, length: 0, truncated: false };
  let handler;
  try {
    handler = await current.run(call, () => handlerOf(script));
  } catch (error) {
    end(call, { ...describe(error), kind: isLoadError(error) ? 'NotLoadable' : 'Thrown' });
    return;
  }

  try {
    const context = contextFor((api, method, args) => callServer('apiCall', id, { api, method, arguments: stringify(args) }));
    const value = await current.run(call, () => handler(parse(event), context));
    end(call, resultOf(value));
  } catch (error) {
    end(call, { ...describe(error), kind: 'Thrown' });
  }
}

/** Loads the script at the first call, and again after a failure. */
async function handlerOf(name) {
  const script = scripts[name];
  script.handler ??= load(script.source, `${settings.root}/function-${name}`);
  try {
    return await script.handler;
  } catch (error) {
    script.handler = undefined;
    throw error;
  }
}

function isLoadError(error) {
  return error instanceof NotLoadable || error instanceof SyntaxError
    || ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'].includes(error?.code);
}

function resultOf(value) {
  let json;
  try {
    json = stringify(value);
  } catch (error) {
    return { kind: 'Thrown', name: 'TypeError', message: `The result cannot be written as JSON: ${describe(error).message}` };
  }

  return json === undefined || json.length <= settings.resultLimit
    ? { json }
    : { kind: 'LimitExceeded', name: 'LimitExceeded', message: `The result is longer than ${settings.resultLimit} characters.` };
}

function end(call, outcome) {
  if (calls[call.id] === call) {
    delete calls[call.id];
    send({ __proto__: null, type: 'completed', id: call.id, ...outcome });
  }
}

function callServer(type, id, fields) {
  return new NativePromise((resolve, reject) => {
    const requestId = String(++lastRequestId);
    pendingRequests[requestId] = { resolve, reject };
    send({ __proto__: null, type, id, requestId, ...fields });
  });
}

async function requestFetch(request) {
  const call = current.getStore();
  if (!call?.id) {
    throw new Error('requests are possible only during a call');
  }

  return callServer('fetch', call.id, { arguments: stringify(request) });
}

function toError(error) {
  return Object.assign(new Error(String(error.message)), error);
}

/** The thrown value can be anything, with getters that throw. */
function describe(error) {
  try {
    return typeof error === 'object' && error !== null
      ? { name: truncate(error.name ?? 'Error'), message: truncate(error.message ?? inspect(error)), stack: truncate(error.stack ?? '') }
      : { name: 'Error', message: truncate(error) };
  } catch {
    return { name: 'Error', message: 'The thrown value cannot be read.' };
  }
}

function truncate(value) {
  return String(value).slice(0, maxTextLength);
}

function listenToConsole() {
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
    const original = console[name].bind(console);
    console[name] = (...args) => {
      level = name;
      try {
        original(...args);
      } finally {
        level = undefined;
      }
    };
  }
}

/** Drops text beyond the limits and counts it: the server ends a process that floods it. */
function write(text, as) {
  const call = current.getStore() ?? startup;
  call.lines++;
  call.length += text.length;
  if (call.length > settings.floodLimit) {
    send({ __proto__: null, type: 'flood', id: call.id });
  } else if (call.lines <= settings.lineLimit && call.length <= settings.consoleLimit) {
    send({ __proto__: null, type: 'log', id: call.id, level: as ?? level ?? 'log', text: truncate(text.replace(/\n$/, '')) });
  } else if (!call.truncated) {
    call.truncated = true;
    send({ __proto__: null, type: 'log', id: call.id, level: 'warn', text: 'Further output was dropped.' });
  }
}
