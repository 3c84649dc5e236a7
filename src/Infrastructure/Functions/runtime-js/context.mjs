// What a handler finds in its context: every name is offered, and the server says which of them are operations.

/** Names that the language itself asks objects for. */
const notOperations = ['then', 'toJSON', 'constructor', 'valueOf', 'toString'];

function namedProxy(create) {
  return new Proxy({}, {
    get: (_, name) => (typeof name !== 'string' || notOperations.includes(name) ? undefined : create(name)),
  });
}

/** @param callServer Sends (api, method, arguments) to the server, and promises the value. */
export function contextFor(callServer) {
  const current = namedProxy((api) => namedProxy((method) => (...args) => callServer(api, method, args)));

  // The first generation's clients: singular names, and answers as HTTP libraries wrap them.
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
