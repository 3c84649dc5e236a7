// The one pipe between the server and this process: frames of four bytes' length (big endian) and as much JSON. The server believes nothing
// it reads here; what is taken from the language before any script runs is taken so that scripts which patch it do not break the pipe.
import { writeSync } from 'node:fs';

const { parse, stringify } = JSON;
const { allocUnsafe, concat, from } = Buffer;
const input = process.stdin;
const output = 1;
const exit = process.reallyExit.bind(process);

/** @param message An object without a prototype that holds strings, numbers and booleans only: nothing a script could hook into. */
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
