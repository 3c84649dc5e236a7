// The pipe between the server and this process: frames of a four-byte length (big endian) and JSON. The server does not trust it. Built-ins
// are captured before any script runs, so that scripts that patch them do not break the pipe.
import { writeSync } from 'node:fs';

const { parse, stringify } = JSON;
const { allocUnsafe, concat, from } = Buffer;
const input = process.stdin;
const output = 1;
const exit = process.reallyExit.bind(process);

/** @param message An object without a prototype, of strings, numbers and booleans only, so that scripts cannot hook into it. */
export function send(message) {
  const body = from(stringify(message));
  const frame = allocUnsafe(4 + body.length);
  frame.writeUInt32BE(body.length, 0);
  body.copy(frame, 4);
  for (let sent = 0; sent < frame.length;) {
    sent += writeSync(output, frame, sent);
  }
}

export function listen(receive) {
  let buffered = allocUnsafe(0);
  input.on('data', (chunk) => {
    buffered = buffered.length === 0 ? chunk : concat([buffered, chunk]);
    while (buffered.length >= 4) {
      const end = 4 + buffered.readUInt32BE(0);
      if (buffered.length < end) {
        return;
      }

      const message = parse(buffered.toString('utf8', 4, end));
      buffered = buffered.subarray(end);
      receive(message);
    }
  });
  input.on('end', () => exit(0));
}
