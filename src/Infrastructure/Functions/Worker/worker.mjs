// The process in which the scripts of one application run.
import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';
import { contextFor } from './context.mjs';
import { fetchBy } from './fetch.mjs';
import { clientsBy } from './http.mjs';
import { listen, send } from './pipe.mjs';
import { initialize, load, NotLoadable } from './script.mjs';
import { seal } from './seal.mjs';

const { parse, stringify } = JSON;
const Pledge = Promise;
const soon = setImmediate;
const longestText = 8192;

const current = new AsyncLocalStorage();
const calls = { __proto__: null };
const scripts = { __proto__: null };
const asks = { __proto__: null };
let settings;
let level;
let questions = 0;

/** What runs outside of any call: the initialization, at first. */
const outside = { id: '', lines: 0, length: 0, cut: false };

const receivers = {
  __proto__: null,
  start: (message) => start(message),
  script: ({ script, source }) => {
    scripts[script] = { source, handler: undefined };
  },

  // One after the other, so that a call which blocks the process is the only one that has begun in it.
  call: (message) => soon(() => answer(message)),
  answer: ({ question, value, error }) => {
    const ask = asks[question];
    delete asks[question];
    if (typeof error === 'string') {
      ask?.reject(failureOf(parse(error)));
    } else {
      ask?.resolve(typeof value === 'string' ? parse(value) : undefined);
    }
  },
  drop: ({ id }) => {
    delete calls[id];
    send({ __proto__: null, type: 'dropped', id });
  },
};

listen((message) => receivers[message.type](message));

async function start(message) {
  settings = message;
  seal(parse(message.variables), write, clientsBy(fetchFor));
  listenToConsole();
  globalThis.fetch = fetchBy(fetchFor);
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
      await current.run(outside, () => initialize(message.initialization, `${message.place}/initialization`));
    } catch (error) {
      failure = describe(error);
    }
  }

  send({ __proto__: null, type: 'ready', ...failure });
}

async function answer({ id, script, event }) {
  send({ __proto__: null, type: 'begun', id });
  const call = calls[id] = { id, lines: 0, length: 0, cut: false };
  let handler;
  try {
    handler = await current.run(call, () => handlerOf(script));
  } catch (error) {
    end(call, { ...describe(error), kind: cannotLoad(error) ? 'NotLoadable' : 'Thrown' });
    return;
  }

  try {
    const context = contextFor((api, method, given) => ask('ask', id, { api, method, arguments: stringify(given) }));
    const value = await current.run(call, () => handler(parse(event), context));
    end(call, resultOf(value));
  } catch (error) {
    end(call, { ...describe(error), kind: 'Thrown' });
  }
}

/** Loaded at the first call, and again after it could not be. */
async function handlerOf(name) {
  const script = scripts[name];
  script.handler ??= load(script.source, `${settings.place}/function-${name}`);
  try {
    return await script.handler;
  } catch (error) {
    script.handler = undefined;
    throw error;
  }
}

function cannotLoad(error) {
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
    send({ __proto__: null, type: 'done', id: call.id, ...outcome });
  }
}

function ask(type, id, asked) {
  return new Pledge((resolve, reject) => {
    const question = String(++questions);
    asks[question] = { resolve, reject };
    send({ __proto__: null, type, id, question, ...asked });
  });
}

async function fetchFor(request) {
  const call = current.getStore();
  if (!call?.id) {
    throw new Error('it works while a call runs only');
  }

  return ask('fetch', call.id, { arguments: stringify(request) });
}

function failureOf(error) {
  return Object.assign(new Error(String(error.message)), error);
}

/** Whatever was thrown may be anything at all, and lie about itself. */
function describe(error) {
  try {
    return typeof error === 'object' && error !== null
      ? { name: cut(error.name ?? 'Error'), message: cut(error.message ?? inspect(error)), stack: cut(error.stack ?? '') }
      : { name: 'Error', message: cut(error) };
  } catch {
    return { name: 'Error', message: 'What was thrown cannot be read.' };
  }
}

function cut(value) {
  return String(value).slice(0, longestText);
}

function listenToConsole() {
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
    const original = console[name].bind(console);
    console[name] = (...given) => {
      level = name;
      try {
        original(...given);
      } finally {
        level = undefined;
      }
    };
  }
}

/** Text beyond the limits is dropped here, and counted: the server ends a process that goes on and on. */
function write(text, as) {
  const call = current.getStore() ?? outside;
  call.lines++;
  call.length += text.length;
  if (call.length > settings.floodLimit) {
    send({ __proto__: null, type: 'flood', id: call.id });
  } else if (call.lines <= settings.lineLimit && call.length <= settings.consoleLimit) {
    send({ __proto__: null, type: 'log', id: call.id, level: as ?? level ?? 'log', text: cut(text.replace(/\n$/, '')) });
  } else if (!call.cut) {
    call.cut = true;
    send({ __proto__: null, type: 'log', id: call.id, level: 'warn', text: 'More was written than is kept.' });
  }
}
