// Loads scripts. A script is an ES module or CommonJS, in JavaScript or TypeScript, and exports or declares handleEvent. vm only compiles
// here; it is no security boundary.
import { createRequire, registerHooks, stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compileFunction, constants, Script } from 'node:vm';
import { unavailableModules } from './lockdown.mjs';

const sources = { __proto__: null };
let loadCount = 0;

registerHooks({
  resolve(specifier, context, next) {
    if (unavailableModules.includes(specifier.replace(/^node:/, ''))) {
      throw new NotLoadable(`The module ${specifier} is not available to functions.`);
    }

    return specifier in sources ? { url: specifier, format: 'module', shortCircuit: true } : next(specifier, context);
  },
  load: (url, context, next) =>
    url in sources ? { format: 'module', source: sources[url], shortCircuit: true } : next(url, context),
});

export class NotLoadable extends Error {
  constructor(message, name = 'Error') {
    super(message);
    this.name = name;
  }
}

export function compile(source, filename) {
  return compileFunction(source, ['exports', 'require', 'module'], {
    filename,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

/** Null when it does not parse. */
function tryParse(parse) {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SyntaxError) {
      return null;
    }

    throw error;
  }
}

function strip(source, filename) {
  try {
    return stripTypeScriptTypes(source, { mode: 'strip' });
  } catch (error) {
    const [location] = String(error.stack).split('\n');
    throw new NotLoadable(`${error.message} (${filename}${location})`, 'SyntaxError');
  }
}

/** Tries plain JavaScript first: a script that is valid both ways is JavaScript. */
async function run(source, filename, epilogue, asScript, asModule) {
  const plain = tryParse(() => asScript(source + epilogue, filename));
  if (plain !== null) {
    return plain();
  }

  const stripped = strip(source, filename);
  const typed = tryParse(() => asScript(stripped + epilogue, filename));
  return typed !== null ? typed() : asModule(stripped, pathToFileURL(`${filename}.mjs`).href);
}

async function importSource(url, source) {
  sources[url] = source;
  try {
    return await import(url);
  } finally {
    delete sources[url];
  }
}

/**
 * @param path Path of a virtual file: packages are resolved from its folder, and stacks show it.
 * @returns The handler.
 */
export async function load(source, path) {
  const filename = `${path}-${++loadCount}`;
  const handler = await run(
    source,
    filename,
    '\n;module.declared = typeof handleEvent === "undefined" ? undefined : handleEvent;',
    (text) => {
      const compiled = compile(text, filename);
      return () => {
        const module = { exports: {}, declared: undefined };
        compiled.call(module.exports, module.exports, createRequire(filename), module);
        return findHandler(module.exports) ?? module.declared;
      };
    },
    async (text, url) => findHandler(await declaredOrExported(text, url)));
  if (typeof handler !== 'function') {
    throw new NotLoadable('The script has no function handleEvent.');
  }

  return handler;
}

/** Adds an export of handleEvent. If the module does not declare it, that is a syntax error before any of it runs. */
async function declaredOrExported(source, url) {
  try {
    return await importSource(url, `${source}\nexport { handleEvent as declared };`);
  } catch (error) {
    if (error instanceof SyntaxError && String(error.message).includes("'handleEvent'")) {
      return importSource(`${url}?exported`, source);
    }

    throw error;
  }
}

function findHandler(exports) {
  for (const candidate of [exports?.handleEvent, exports?.declared, exports?.default?.handleEvent, exports?.default, exports]) {
    if (typeof candidate === 'function') {
      return candidate;
    }
  }
}

/** Exports, and top-level declarations of a plain script, become globals for all handlers. */
export async function initialize(source, path) {
  const filename = `${path}-0`;
  const exports = await run(
    source,
    filename,
    '',
    (text) => {
      const script = new Script(text, { filename, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
      return () => {
        const module = { exports: {} };
        Object.assign(globalThis, { module, exports: module.exports, require: createRequire(filename) });
        script.runInThisContext();
        delete globalThis.module;
        delete globalThis.exports;
        return module.exports;
      };
    },
    (text, url) => importSource(url, text));
  for (const name of Object.keys(exports ?? {})) {
    if (name !== 'default') {
      globalThis[name] = exports[name];
    }
  }
}
