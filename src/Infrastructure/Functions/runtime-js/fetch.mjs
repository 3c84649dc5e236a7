// fetch, executed by the server: this process has no network.

/** @param send Sends a request to the server and returns a promise of its reply. */
export function createFetch(send) {
  return async function fetch(input, init) {
    const request = new Request(input, init);
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer()).toString('base64');
    const headers = [...request.headers].map(([name, value]) => ({ name, value }));
    request.signal.throwIfAborted();
    const followsRedirects = request.redirect === 'follow';
    const reply = await send({ url: request.url, method: request.method, headers, body, followsRedirects }).catch((error) => {
      throw new TypeError(`fetch failed: ${error.message}`);
    });
    request.signal.throwIfAborted();
    const empty = [101, 204, 205, 304].includes(reply.status);
    const response = new Response(empty ? null : Buffer.from(reply.body, 'base64'), {
      status: reply.status,
      statusText: reply.statusText,
      headers: reply.headers.filter(({ name }) => !/^content-(encoding|length)$/i.test(name)).map(({ name, value }) => [name, value]),
    });
    Object.defineProperties(response, { url: { value: reply.url }, redirected: { value: reply.redirected } });
    return response;
  };
}
