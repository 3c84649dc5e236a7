// Removes what scripts do not need. This is not the security boundary: the permission model and the sandbox are. It gives clear errors,
// and is the only protection against network access on systems without a sandbox.
import { builtinModules, createRequire, Module, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { Readable, Writable } from 'node:stream';

const require = createRequire(import.meta.url);
const find = process.getBuiltinModule.bind(process);

/** Can be loaded, since packages load them without using them, but every function throws. */
const disabledModules = [
  'child_process', 'cluster', 'dgram', 'dns', 'dns/promises', 'http', 'http2', 'https', 'net', 'tls', 'tty', 'worker_threads',
];

/** Cannot be loaded. */
export const unavailableModules = [
  'inspector', 'inspector/promises', 'repl', 'sea', 'sqlite', 'test', 'test/reporters', 'trace_events', 'wasi',
];

/** Harmless members of disabled modules that Node.js or packages use. */
const allowedMembers = [
  'markAsUncloneable', 'markAsUntransferable', 'isMarkedAsUntransferable', 'MessageChannel', 'MessagePort', 'BroadcastChannel',
  'isIP', 'isIPv4', 'isIPv6',
];

const removedMembers = [
  'exit', 'reallyExit', 'abort', 'kill', '_kill', '_debugProcess', '_debugEnd', 'binding', '_linkedBinding', 'dlopen', 'execve', 'chdir',
  'umask', 'setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups', 'openStdin', 'loadEnvFile', '_rawDebug',
  '_getActiveHandles', '_getActiveRequests', 'setUncaughtExceptionCaptureCallback', '_startProfilerIdleNotifier',
  '_stopProfilerIdleNotifier',
];

function denied(what) {
  return function refused() {
    throw new Error(`${what} is not available to functions.`);
  };
}

function define(target, name, value) {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

function disableModule(name) {
  const module = require(name);
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(module))) {
    if (property.configurable && !allowedMembers.includes(key) && (typeof property.value === 'function' || property.get !== undefined)) {
      define(module, key, denied(`${name}.${key}`));
    }
  }
}

/**
 * @param write Receives text for standard output and standard error.
 * @param replacements Members of disabled modules, by module.
 */
export function lockdown(variables, write, replacements) {
  // Loads all before disabling any, since they depend on each other.
  const known = disabledModules.filter((name) => builtinModules.includes(name));
  known.forEach((name) => require(name));
  known.forEach(disableModule);
  for (const [name, members] of Object.entries(replacements)) {
    Object.entries(members).forEach(([key, value]) => define(require(name), key, value));
  }

  define(Module, 'registerHooks', denied('module.registerHooks'));
  define(Module, 'register', denied('module.register'));
  syncBuiltinESMExports();

  for (const name of removedMembers) {
    define(process, name, denied(`process.${name}`));
  }

  define(process, 'getBuiltinModule', (name) => {
    if (unavailableModules.includes(String(name).replace(/^node:/, ''))) {
      throw new Error(`${name} is not available to functions.`);
    }

    return find(name);
  });
  define(process, 'stdin', Readable.from([]));
  for (const name of ['stdout', 'stderr']) {
    define(process, name, new Writable({
      decodeStrings: false,
      write(chunk, _, done) {
        write(String(chunk));
        done();
      },
    }));
  }

  define(process, 'env', { ...variables });
  define(process, 'report', {});
  process.argv.length = 1;
  process.execArgv.length = 0;
  for (const name of ['WebSocket', 'EventSource']) {
    define(globalThis, name, denied(name));
  }
}
