// fetch as scripts know it, done by the server: this process has no network.

/** @param ask Sends a request to the server, and promises its answer. */
export function fetchBy(ask) {
  return async function fetch(input, init) {
    const request = new Request(input, init);
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer()).toString('base64');
    const headers = [...request.headers].map(([name, value]) => ({ name, value }));
    request.signal.throwIfAborted();
    const followsRedirects = request.redirect === 'follow';
    const answer = await ask({ url: request.url, method: request.method, headers, body, followsRedirects }).catch((error) => {
      throw new TypeError(`fetch failed: ${error.message}`);
    });
    request.signal.throwIfAborted();
    const empty = [101, 204, 205, 304].includes(answer.status);
    const response = new Response(empty ? null : Buffer.from(answer.body, 'base64'), {
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.headers.filter(({ name }) => !/^content-(encoding|length)$/i.test(name)).map(({ name, value }) => [name, value]),
    });
    Object.defineProperties(response, { url: { value: answer.url }, redirected: { value: answer.redirected } });
    return response;
  };
}
