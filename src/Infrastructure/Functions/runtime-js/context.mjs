// The context of a handler. It offers every name; the server decides which of them are operations.

/** Names that the language reads from objects. */
const notOperations = ['then', 'toJSON', 'constructor', 'valueOf', 'toString'];

function namedProxy(create) {
  return new Proxy({}, {
    get: (_, name) => (typeof name !== 'string' || notOperations.includes(name) ? undefined : create(name)),
  });
}

/** @param callServer Sends (api, method, arguments) to the server and returns a promise of the value. */
export function contextFor(callServer) {
  const current = namedProxy((api) => namedProxy((method) => (...args) => callServer(api, method, args)));

  // Older clients: singular names, and responses wrapped as in HTTP libraries.
  const legacy = (api) => namedProxy((method) => (...args) => callServer(api, method, args).then(
    (data) => ({ data }),
    (error) => {
      error.response = { data: { ...error } };
      throw error;
    }));
  const context = { ChatKitty: current };
  return new Proxy(context, {
    get(target, name) {
      const api = typeof name === 'string' ? /^get(\w+)Api$/.exec(name)?.[1] : undefined;
      return api === undefined ? target[name] : () => legacy(api.endsWith('s') ? api : `${api}s`);
    },
  });
}
